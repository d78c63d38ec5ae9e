using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.Times;

namespace CostReport.Cli.Commands;

/// <summary>Makes the chart of a usage report: costs over time by model or by what was asked for, and a ranking where time was not.</summary>
internal static class UsageChart
{
    private static readonly Grouping s_model = new(GroupKind.Model);

    /// <summary>Makes the chart.</summary>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="usage">Sums that are at hand; the ledger is asked where they are not those of the chart.</param>
    public static Chart Of(Invocation invocation, ILedgerSource ledger, UsageReport usage)
    {
        var period = invocation.Period;
        if (invocation.By.Count == 0)
        {
            var unit = CostColumns.By(period);
            return CostColumns.Of(Sums(invocation, ledger, usage, [unit, s_model]), period, unit.Kind == GroupKind.Hour, TimeBuckets.Most);
        }

        List<Grouping> others = [.. invocation.By.Where(by => !UsageTable.IsTime(by))];
        if (others.Count == invocation.By.Count)
        {
            return Ranked(usage, period);
        }

        others = others.Count == 0 ? [s_model] : others;
        var time = invocation.By.First(UsageTable.IsTime).Kind;
        var isHourly = time == GroupKind.Hour && CostColumns.IsHourly(period, TimeBuckets.Most);
        var groups = Sums(invocation, ledger, usage, [new(isHourly ? GroupKind.Hour : GroupKind.Day), .. others]);
        var series = groups.Select(g => new UsageGroup([g.Key[0], Name([.. g.Key.Skip(1).Take(others.Count)])], g.Totals)).ToList();
        return CostColumns.Of(series, period, isHourly, TimeBuckets.Most, Names(others), LeastUnit(time));
    }

    private static Ranking Ranked(UsageReport usage, Period period) => new(
        $"Cost by {Names(usage.By)}",
        $"{Wording.Of(period)}. {Figures.Money(usage.Totals.Cost.Total)} in all, the dearest first.",
        [.. usage.Groups.Select(g => new Amount(Wording.Name(Name(g.Key)), g.Totals.Cost.Total.Value))],
        Measure.Money(usage.Groups.Select(g => g.Totals.Cost.Total.Value).DefaultIfEmpty().Max()));

    private static string Names(IReadOnlyList<Grouping> by) => string.Join(" and ", by.Select(b => b.Name));

    private static string? Name(IReadOnlyList<string?> key) => key.Count == 1 ? key[0] : string.Join(" · ", key.Select(Wording.Name));

    private static string LeastUnit(GroupKind time) => time switch
    {
        GroupKind.Week => "week",
        GroupKind.Month => "month",
        _ => "day",
    };

    private static IReadOnlyList<UsageGroup> Sums(Invocation invocation, ILedgerSource ledger, UsageReport usage, IReadOnlyList<Grouping> by) =>
        usage.By.Take(by.Count).SequenceEqual(by) ? usage.Groups : ledger.Usage(invocation.Filter, by, invocation.Period.Zone).Groups;
}
