using CostLedger.Pricing;

namespace CostReport.Cli.Sources;

/// <summary>The price list that this version ships with.</summary>
internal sealed class BuiltInPrices : IPriceSource
{
    /// <inheritdoc/>
    public string Version => PriceBook.Default.Version;

    /// <inheritdoc/>
    public CostBreakdown Price(PricingRequest request) => PriceBook.Default.Price(request);
}
