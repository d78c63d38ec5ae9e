using CostLedger.Pricing;

namespace CostReport.Cli.Sources;

/// <summary>What reports ask of today's price list.</summary>
internal interface IPriceSource
{
    /// <summary>The list's version.</summary>
    string Version { get; }

    /// <summary>Prices a call.</summary>
    CostBreakdown Price(PricingRequest request);
}
