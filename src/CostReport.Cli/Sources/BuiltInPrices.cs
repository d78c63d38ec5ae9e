using CostLedger.Pricing;
using CostLedger.Querying;

namespace CostReport.Cli.Sources;

/// <summary>The price list that this version ships with.</summary>
internal sealed class BuiltInPrices : IPriceSource
{
    /// <inheritdoc/>
    public string Version => PriceBook.Default.Version;

    /// <inheritdoc/>
    public IReadOnlyList<PriceLine> Lines => throw new NotSupportedException();

    /// <inheritdoc/>
    public CostBreakdown Price(PricingRequest request) => PriceBook.Default.Price(request);

    /// <inheritdoc/>
    public ModelPrices Find(string model) => throw new NotSupportedException();

    /// <inheritdoc/>
    public PriceCheck Check(string? path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public RepriceResult Reprice(string? ledger, string? prices, CallFilter filter, bool dryRun) => throw new NotSupportedException();
}
