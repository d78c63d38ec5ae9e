using CostLedger.Pricing;
using CostLedger.Querying;

namespace CostReport.Cli.Sources;

/// <summary>What reports ask of price lists.</summary>
internal interface IPriceSource
{
    /// <summary>The version of today's list.</summary>
    string Version { get; }

    /// <summary>The prices of today's list, past and present.</summary>
    IReadOnlyList<PriceLine> Lines { get; }

    /// <summary>Prices a call with today's list.</summary>
    CostBreakdown Price(PricingRequest request);

    /// <summary>The price list of a file; today's where none is given.</summary>
    /// <exception cref="CostLedger.Pricing.Files.PriceFileException">The file has faults.</exception>
    PriceBook Book(string? path);

    /// <summary>Looks a model up, in any spelling of any provider.</summary>
    ModelPrices Find(string model);

    /// <summary>Checks a price file; today's list where none is given.</summary>
    PriceCheck Check(string? path);

    /// <summary>Prices the calls of a ledger again.</summary>
    /// <param name="ledger">The ledger's file; null for the default one.</param>
    /// <param name="prices">A price file without faults; null for today's list.</param>
    /// <param name="filter">Which calls.</param>
    /// <param name="dryRun">Whether to write nothing.</param>
    RepriceResult Reprice(string? ledger, string? prices, CallFilter filter, bool dryRun);
}
