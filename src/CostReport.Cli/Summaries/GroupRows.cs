using CostLedger.Querying;
using CostLedger.Querying.Caching.Findings;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Summaries;

/// <summary>The short tables of the summary: token classes, sessions, what broke the cache, what did not succeed.</summary>
internal static class GroupRows
{
    private const int MostSessions = 4;
    private const int MostReasons = 4;
    private const int MostFailures = 4;
    private const string Success = "success";

    private static readonly string[] Harmless = ["canceled", "refused"];

    /// <summary>What the money was paid for; null where no token is known and nothing was paid.</summary>
    public static Table? Classes(UsageTotals totals)
    {
        var classes = totals.Classes().Where(c => c.Quantity != 0 || c.Cost.Value != 0).ToList();
        if (classes.Count == 0)
        {
            return null;
        }

        var whole = totals.Cost.Total;
        var places = Figures.MoneyPlaces([whole]);
        return new Table(
            [Column.Words("class", Column.Always), new Column("tokens", 80), new Column("cost", Column.Always), new Column("share", 70), Column.Bars(10)],
            [
                .. classes.Select(IReadOnlyList<Cell> (c) =>
                [
                    c.Name,
                    Figures.Count(c.Quantity),
                    Figures.Money(c.Cost, places),
                    Figures.Percent(c.Cost.Value, whole.Value),
                    Bar(c.Cost.Value, whole.Value),
                ]),
            ]);
    }

    /// <summary>The dearest sessions; null where no call names one.</summary>
    public static Table? Sessions(SummaryData data)
    {
        if (data.Sessions.All(g => g.Key[0] is null))
        {
            return null;
        }

        var whole = data.Usage.Totals.Cost.Total.Value;
        var places = Figures.MoneyPlaces([data.Usage.Totals.Cost.Total]);
        IReadOnlyList<Cell> Row(Cell name, UsageTotals t) =>
        [
            name,
            Figures.Count(t.Calls),
            UsageTable.HasCost(t) ? Figures.Money(t.Cost.Total, places) : "-",
            UsageTable.HasCost(t) ? Figures.Percent(t.Cost.Total.Value, whole) : "-",
            Bar(t.Cost.Total.Value, whole),
        ];

        var sorted = Totals.ByCost(data.Sessions);
        var shown = Table.Shown(sorted.Count, MostSessions);
        var rows = sorted.Take(shown).Select(g => Row(UsageTable.Key(g.Key[0]), g.Totals)).ToList();
        if (sorted.Count > shown)
        {
            rows.Add(Row(new Cell($"({Figures.Count(sorted.Count - shown)} others)", Tone.Muted), sorted.Skip(shown).Select(g => g.Totals).Aggregate(Totals.Add)));
        }

        return new Table(
            [Column.Words("session", Column.Always), new Column("calls", 60), new Column("cost", Column.Always), new Column("share", 70), Column.Bars(10)],
            rows);
    }

    /// <summary>What broke the prompt cache; null where nothing did.</summary>
    public static Table? Breaks(SummaryData data)
    {
        var reasons = data.Breaks.Where(r => !r.IsMissed).ToList();
        if (reasons.Count == 0)
        {
            return null;
        }

        var places = Figures.MoneyPlaces(reasons.Select(r => r.Loss.Cost));
        return new Table(
            [
                Column.Words("reason", Column.Always) with { Least = 18 }, new Column("breaks", 80), new Column("tokens lost", 60), new Column("lost", Column.Always),
                Column.Words("the worst at", 40),
            ],
            [.. reasons.Take(MostReasons).Select(IReadOnlyList<Cell> (r) => [r.Reason, Figures.Count(r.Loss.Count), Figures.Count(r.Loss.Tokens), Lost(r, places), r.Worst.Lost.Segment])]);
    }

    /// <summary>What did not end with an answer; null where everything did.</summary>
    public static Table? Failures(SummaryData data)
    {
        var failures = data.Errors.Where(g => g.Key[0] is not Success).OrderByDescending(g => g.Totals.Attempts).ToList();
        if (failures.Count == 0)
        {
            return null;
        }

        var places = Figures.MoneyPlaces(failures.Select(f => f.Totals.Cost.Total));
        var whole = data.Usage.Totals.Attempts;
        IReadOnlyList<Cell> Row(Cell status, Cell error, UsageTotals t) =>
            [status, error, Figures.Count(t.Attempts), Figures.Percent(t.Attempts, whole), Figures.Money(t.Cost.Total, places)];

        var shown = Table.Shown(failures.Count, MostFailures);
        var rows = failures.Take(shown).Select(f => Row(Status(f.Key[0]), f.Key[1] ?? "", f.Totals)).ToList();
        if (failures.Count > shown)
        {
            var rest = failures.Skip(shown).Select(f => f.Totals).Aggregate(Totals.Add);
            rows.Add(Row(new Cell($"({Figures.Count(failures.Count - shown)} others)", Tone.Muted), "", rest));
        }

        return new Table(
            [Column.Words("status", Column.Always), Column.Words("error", 90), new Column("attempts", Column.Always), new Column("of all", 70), new Column("cost", 80)],
            rows);
    }

    private static Cell Lost(ReasonTotals reason, int places) => reason.Loss.Unpriced == reason.Loss.Count
        ? new Cell("?", Tone.Doubtful)
        : new Cell(Figures.Money(reason.Loss.Cost, places), Tone.Bad);

    private static Cell Status(string? status) => new(Wording.Name(status), Harmless.Contains(status, StringComparer.Ordinal) ? Tone.Muted : Tone.Bad);

    private static Cell Bar(long part, long whole) => new("", Tone.Plain, whole > 0 ? (double)part / whole : 0);
}
