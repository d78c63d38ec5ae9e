using CostLedger.Pricing;
using CostLedger.Records;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Calls;

/// <summary>A cost, computed again from the stored counts.</summary>
/// <param name="Breakdown">The cost and the sum that explains it.</param>
/// <param name="Version">The price list that was used.</param>
/// <param name="IsThen">Whether that is the list that the stored cost came from.</param>
internal sealed record ExplainedCost(CostBreakdown Breakdown, string Version, bool IsThen)
{
    /// <summary>Computes a call's cost again: with the price list that the stored cost came from, where that is still known.</summary>
    public static ExplainedCost Of(CallRecord call, ILedgerSource ledger, IPriceSource prices)
    {
        var request = PricingRequest.From(call);
        if (call.Cost.PriceVersion is { } version && ledger.PriceAsThen(version, request) is { } then)
        {
            return new ExplainedCost(then, version, IsThen: true);
        }

        var isThen = string.Equals(call.Cost.PriceVersion, prices.Version, StringComparison.Ordinal);
        return new ExplainedCost(prices.Price(request), prices.Version, isThen);
    }

    /// <summary>Whether the stored cost comes out again.</summary>
    public bool Agrees(CallCost stored) => Breakdown.Cost.ByClass == stored.ByClass;
}
