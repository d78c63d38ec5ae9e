using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>The summary: one screen that says what it cost, what changed, on which model, and what broke.</summary>
internal static class SummaryReport
{
    /// <summary>The dimensions that the summary is folded from: one question to the ledger instead of three.</summary>
    public static readonly IReadOnlyList<Grouping> By = [new(GroupKind.Day), new(GroupKind.Model), new(GroupKind.Status)];

    private const int MostModels = 8;
    private const int MostBars = 62;
    private const string Success = "success";

    /// <summary>Makes the summary.</summary>
    /// <param name="usage">The sums by <see cref="By"/>.</param>
    /// <param name="before">The sums of the period before; null where there is none.</param>
    /// <param name="period">The period.</param>
    public static Report Of(UsageReport usage, UsageTotals? before, Period period)
    {
        var totals = usage.Totals;
        var models = new UsageReport(totals, [new Grouping(GroupKind.Model)], Totals.ByCost(Totals.Fold(usage.Groups, 1)), usage.PriceVersions);
        var days = DayCosts.Of(usage.Groups, period, MostBars);
        var sections = new List<Section>
        {
            new() { Facts = Facts(totals, before, period), Notes = Wording.Caveats(totals) },
            new() { Heading = "Cost by class", Table = Classes(totals) },
            new() { Heading = $"Cost per {days.Unit}", Bars = days.ToBars() },
            new() { Heading = "Models", Table = UsageTable.Of(models, MostModels) },
        };
        if (Failures(usage) is { } failures)
        {
            sections.Add(new Section { Heading = "Calls that did not succeed", Table = failures });
        }

        return new Report("Cost of calls to Claude's Messages API", Wording.Of(period), sections);
    }

    private static IReadOnlyList<Fact> Facts(UsageTotals totals, UsageTotals? before, Period period)
    {
        var retries = totals.Attempts - totals.Calls;
        return
        [
            new("Cost", Figures.Money(totals.Cost.Total), Change(totals.Cost.Total, before, period), Tone.Strong),
            new("Calls", Figures.Count(totals.Calls), retries > 0 ? $"and {Figures.Count(retries)} retried" : ""),
            new("Failed", Figures.Count(totals.Errors), totals.Errors > 0 ? $"{Figures.Percent(totals.Errors, totals.Attempts)} of the attempts" : "", totals.Errors > 0 ? Tone.Bad : Tone.Plain),
            new("Tokens", Figures.Count(totals.Prompt()), $"in, {Figures.Count(totals.OutputTokens)} out{Thinking(totals)}"),
            Cache(totals),
        ];
    }

    private static string Thinking(UsageTotals totals) => totals.ThinkingTokens > 0
        ? $" (thinking {Figures.Percent(totals.ThinkingTokens, totals.OutputTokens)})"
        : "";

    private static Fact Cache(UsageTotals totals)
    {
        var saved = totals.SavedByCache;
        var money = saved.Value switch
        {
            > 0 => $"; saved {Figures.Money(saved)}",
            < 0 => $"; cost {Figures.Money(NanoUsd.Zero - saved)} more than it saved",
            _ => "",
        };
        var tone = saved.Value < 0 ? Tone.Doubtful : Tone.Plain;
        return new Fact("Cache", Figures.Percent(totals.CacheReadInputTokens, totals.Prompt()), $"of the input was read from it{money}", tone);
    }

    private static string Change(NanoUsd cost, UsageTotals? before, Period period)
    {
        if (before is null)
        {
            return "";
        }

        var length = Wording.Length(period);
        if (before.Attempts == 0)
        {
            return $"no calls in the {length} before";
        }

        var old = before.Cost.Total;
        var change = cost - old;
        var sign = change.Value >= 0 ? "+" : "-";
        var amount = Figures.Money(change.Value >= 0 ? change : NanoUsd.Zero - change);
        var ratio = old.Value > 0 ? $", {sign}{Figures.Percent(Math.Abs((decimal)change.Value), old.Value)}" : "";
        return change.Value == 0
            ? $"the same as in the {length} before"
            : $"{sign}{amount}{ratio} against the {length} before";
    }

    private static Table Classes(UsageTotals totals)
    {
        var whole = totals.Cost.Total;
        var places = Figures.MoneyPlaces([whole]);
        var rows = totals.Classes()
            .Where(c => c.Quantity != 0 || c.Cost.Value != 0)
            .Select(IReadOnlyList<Cell> (c) =>
            [
                c.Name,
                Figures.Count(c.Quantity),
                Figures.Money(c.Cost, places),
                Figures.Percent(c.Cost.Value, whole.Value),
                new Cell("", Tone.Plain, whole.Value > 0 ? (double)c.Cost.Value / whole.Value : 0),
            ])
            .ToList();
        return new Table(
            [Column.Words("class", Column.Always), new Column("tokens", 80), new Column("cost", Column.Always), new Column("share", 70), Column.Bars(10)],
            rows);
    }

    private static Table? Failures(UsageReport usage)
    {
        var failures = Totals.Fold(usage.Groups, 2).Where(g => !string.Equals(g.Key[0], Success, StringComparison.Ordinal)).OrderByDescending(g => g.Totals.Attempts).ToList();
        if (failures.Count == 0)
        {
            return null;
        }

        var places = Figures.MoneyPlaces(failures.Select(f => f.Totals.Cost.Total));
        return new Table(
            [Column.Words("status", Column.Always), new Column("attempts", Column.Always), new Column("of all", 70), new Column("cost", Column.Always)],
            [
                .. failures.Select(IReadOnlyList<Cell> (f) =>
                [
                    new Cell(Wording.Name(f.Key[0]), Tone.Bad),
                    Figures.Count(f.Totals.Attempts),
                    Figures.Percent(f.Totals.Attempts, usage.Totals.Attempts),
                    Figures.Money(f.Totals.Cost.Total, places),
                ]),
            ]);
    }
}
