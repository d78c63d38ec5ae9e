using CostLedger.Pricing;
using CostLedger.Records;

namespace CostReport.Cli.Calls;

/// <summary>A cost, computed again from the stored counts.</summary>
/// <param name="Breakdown">The cost and the sum that explains it.</param>
/// <param name="Version">The price list that was used.</param>
/// <param name="IsThen">Whether that is the list that the stored cost came from.</param>
internal sealed record ExplainedCost(CostBreakdown Breakdown, string Version, bool IsThen)
{
    /// <summary>Whether the stored cost comes out again.</summary>
    public bool Agrees(CallCost stored) => Breakdown.Cost.ByClass == stored.ByClass;
}
