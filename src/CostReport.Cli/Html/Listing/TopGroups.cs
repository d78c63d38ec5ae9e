using CostLedger.Querying;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html.Listing;

/// <summary>The groups that cost most, and the rest added up.</summary>
/// <param name="Shown">The groups, the dearest first.</param>
/// <param name="Rest">The sum of the others; null where all are shown.</param>
/// <param name="Left">How many the others are.</param>
internal sealed record TopGroups(IReadOnlyList<UsageGroup> Shown, UsageTotals? Rest, int Left)
{
    /// <summary>Chooses them.</summary>
    /// <param name="groups">All groups.</param>
    /// <param name="most">How many to show.</param>
    public static TopGroups Of(IEnumerable<UsageGroup> groups, int most)
    {
        var sorted = Totals.ByCost(groups);
        most = Table.Shown(sorted.Count, most);
        return sorted.Count <= most
            ? new TopGroups(sorted, null, 0)
            : new TopGroups([.. sorted.Take(most)], sorted.Skip(most).Select(g => g.Totals).Aggregate(Totals.Add), sorted.Count - most);
    }
}
