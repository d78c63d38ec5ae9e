using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Diagnosing;

namespace Telemetry.Handler.Prompting.Caches;

/// <summary>Diagnoses as records have them, with the money.</summary>
internal static class CacheBreaks
{
    /// <summary>A diagnosis of a call.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="usage">What the call used, or is expected to use.</param>
    /// <param name="price">Prices a usage of the call; null where it has no price.</param>
    public static CacheBreak Of(CacheDiagnosis diagnosis, TokenUsage usage, Func<TokenUsage, NanoUsd?> price)
    {
        var (paid, undisturbed) = diagnosis.Lost.AsUsages(usage);
        return new CacheBreak
        {
            Reason = CacheBreakReasons.NameOf(diagnosis.Reason),
            IsMissed = !diagnosis.IsBreak,
            Level = (PromptLevel)(diagnosis.Level + 1),
            Item = diagnosis.Index,
            Segment = diagnosis.Segment,
            ByteAt = diagnosis.ByteAt,
            ByteCount = diagnosis.ByteCount,
            ComparedWith = diagnosis.ComparedWith,
            AvailableTokens = diagnosis.Available,
            TokensLost = diagnosis.LostTokens,
            CostLost = price(paid) is { } cost && price(undisturbed) is { } least ? cost - least : null,
            Idle = diagnosis.Age,
        };
    }

    /// <summary>A diagnosis of an answered call.</summary>
    public static CacheBreak Of(CacheDiagnosis diagnosis, CallRecord record, PriceBook prices)
    {
        var request = PricingRequest.From(record);
        return Of(diagnosis, record.Usage ?? new TokenUsage(), usage => TotalOf(prices.Price(request with { Usage = usage })));
    }

    /// <summary>The cost of a sum; null without a price.</summary>
    public static NanoUsd? TotalOf(CostBreakdown priced) => priced.Cost.Basis is CostBasis.Unpriced ? null : priced.Cost.Total;

    /// <summary>The model that answered, where its name is one of Claude's: gateways put names of their own there.</summary>
    public static string? ServedModel(CallRecord record) =>
        record.ModelServed is { } served && served.Contains("claude", StringComparison.OrdinalIgnoreCase) && record.ModelAlias is null ? served : null;
}
