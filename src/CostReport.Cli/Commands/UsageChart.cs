using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Commands;

/// <summary>Makes the chart of costs over time by model, which every report on usage can draw.</summary>
internal static class UsageChart
{
    /// <summary>Makes the chart.</summary>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="usage">Sums that are at hand; the ledger is asked where they are not by time and model.</param>
    public static Chart Of(Invocation invocation, ILedgerSource ledger, UsageReport usage)
    {
        Grouping[] by = [CostColumns.By(invocation.Period), new(GroupKind.Model)];
        var groups = usage.By.Take(by.Length).SequenceEqual(by) ? usage.Groups : ledger.Usage(invocation.Filter, by, invocation.Period.Zone).Groups;
        return CostColumns.Of(groups, invocation.Period, by[0].Kind == GroupKind.Hour, TimeBuckets.Most);
    }
}
