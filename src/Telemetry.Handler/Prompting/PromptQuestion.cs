using CostLedger.Pricing;
using Telemetry.Handler.Prompting.Caches;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Prompting;

/// <summary>What a reading of a prompt needs to know of its call.</summary>
internal sealed record PromptQuestion
{
    public required RequestSnapshot Request { get; init; }

    /// <summary>What the call is priced by; its model is the one to estimate for.</summary>
    public required PricingRequest Pricing { get; init; }

    public required PriceBook Prices { get; init; }

    /// <summary>Whether thinking may stand between tool calls.</summary>
    public required bool IsInterleaved { get; init; }

    /// <summary>What a forecast of the cache needs; null for a call that uses no cache.</summary>
    public CacheQuestion? Cache { get; init; }

    /// <summary>How often a tool does the same until it is a loop; 0: nobody asks.</summary>
    public int LoopRounds { get; init; }
}
