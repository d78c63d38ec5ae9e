using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Records;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Caching;

/// <summary>What was lost, by reason and call by call, for people.</summary>
internal static class BreakTables
{
    private const int LeastPlace = 34;

    /// <summary>The sections; none where nothing was lost.</summary>
    public static IEnumerable<Section> Of(CacheReport report, Period period)
    {
        var breaks = report.Reasons.Where(r => !r.IsMissed).ToList();
        if (breaks.Count > 0)
        {
            yield return new Section { Heading = "Breaks by reason", Table = Reasons(breaks, "breaks"), Notes = Helps(breaks) };
        }

        if (report.Breaks.Count > 0)
        {
            yield return new Section
            {
                Heading = report.Breaks.Count < report.Totals.Breaks.Count ? $"The worst {Figures.Count(report.Breaks.Count)} breaks" : "Breaks, the worst first",
                Table = Breaks(report.Breaks, period),
                Notes = [new Cell($"'costreport calls show {report.Breaks[0].Id}' shows the first.", Tone.Muted)],
            };
        }

        var missed = report.Reasons.Where(r => r.IsMissed).ToList();
        if (missed.Count > 0)
        {
            yield return new Section { Heading = "Missed reads by reason", Table = Reasons(missed, "calls"), Notes = Helps(missed) };
        }
    }

    /// <summary>Money that was lost; a question mark where the call has no price.</summary>
    public static Cell Money(NanoUsd? cost, int places) => cost is { } known ? Figures.Money(known, places) : new Cell("?", Tone.Doubtful);

    private static List<Cell> Helps(List<ReasonTotals> reasons) =>
        [.. reasons.Where(r => Remedies.All.ContainsKey(r.Reason)).Select(r => new Cell($"{r.Reason}: {Remedies.All[r.Reason]}.", Tone.Muted))];

    private static Table Reasons(List<ReasonTotals> reasons, string thing)
    {
        var places = Figures.MoneyPlaces(reasons.Select(r => r.Loss.Cost));
        var (count, tokens) = (reasons.Sum(r => r.Loss.Count), reasons.Sum(r => (decimal)r.Loss.Tokens));
        var cost = reasons.Aggregate(NanoUsd.Zero, (sum, r) => sum + r.Loss.Cost);
        return new Table(
            [
                Column.Words("reason", Column.Always) with { Least = 22 }, new Column(thing, Column.Always), new Column("tokens lost", 80), new Column("money lost", 90),
                Column.Words("the worst", 60),
            ],
            [
                .. reasons.Select(IReadOnlyList<Cell> (r) =>
                [
                    r.Reason, Figures.Count(r.Loss.Count), Figures.Count(r.Loss.Tokens), Figures.Money(r.Loss.Cost, places), r.Worst.Lost.Place,
                ]),
            ],
            ["all", Figures.Count(count), tokens <= long.MaxValue ? Figures.Count((long)tokens) : "-", Figures.Money(cost, places), ""]);
    }

    private static Table Breaks(IReadOnlyList<FoundBreak> breaks, Period period)
    {
        var places = Figures.MoneyPlaces(breaks.Select(b => b.Lost.CostLost).OfType<NanoUsd>());
        var length = CallsTable.IdLength([.. breaks.Select(b => b.Id)]);
        return new Table(
            [
                Column.Ids("call", 90), Column.Ids("at", 50), Column.Words("model", 30), Column.Words("conversation", 40), Column.Words("reason", Column.Always) with { Least = 18 },
                Column.Words("where", 70) with { Least = LeastPlace }, new Column("idle", 20), new Column("tokens", 80), new Column("money", Column.Always),
            ],
            [
                .. breaks.Select(IReadOnlyList<Cell> (b) =>
                [
                    b.Id.ToString()[..length], Figures.Minute(period.Local(b.Id.Time)), Wording.Name(b.Model), b.Conversation ?? "", b.Lost.Reason, b.Lost.Place,
                    b.Lost.Idle is { } idle ? Figures.Duration(idle) : "", Figures.Count(b.Lost.TokensLost), Money(b.Lost.CostLost, places),
                ]),
            ]);
    }
}
