using CostLedger.Pricing;
using CostLedger.Pricing.Rows;
using CostLedger.Querying.Traffic;
using CostLedger.Records;
using CostReport.Cli.Whatifs.Assuming;
using Telemetry.Handler.Caching.Replaying;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>
/// Tells what one call would cost. The difference between its price then and its price now, both by the same list, is added to what
/// the ledger says that it cost; so where nothing changes, the cost is the ledger's to the nano-dollar. Safe for use by many threads.
/// </summary>
/// <param name="prices">The price list.</param>
/// <param name="assumption">What is different.</param>
internal sealed class CallJudge(PriceBook prices, Assumption assumption)
{
    private readonly UsageShift _shift = new(assumption);

    /// <summary>Whether a call was billed by tokens, so that an assumption can change its cost.</summary>
    public static bool IsBilled(TrafficCall call) =>
        call.Pricing.Operation is Operation.Messages or Operation.Converse or Operation.BatchResult
        && call.Pricing.Usage is { } usage && (usage.TotalInputTokens is not null || usage.OutputTokens is not null || usage.Iterations.Count > 0);

    /// <summary>Judges a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="replayed">What it reads and writes then; null where the cache stays as it was.</param>
    public (CallChange Change, Doubts Doubts) Judge(TrafficCall call, ReplayedCall? replayed)
    {
        var none = CallChange.None(call);
        if (!IsBilled(call))
        {
            return (none, Doubts.None);
        }

        if (call.Cost is not { Total: var cost })
        {
            return (none, Doubts.NoPrice);
        }

        var then = _shift.Apply(call.Pricing, replayed);
        if (ReferenceEquals(then, call.Pricing))
        {
            return (none, DoubtsOf(call.Pricing, then, replayed));
        }

        var now = string.Equals(call.PriceVersion, prices.Version, StringComparison.Ordinal) ? call.Cost : prices.Price(call.Pricing).Cost.ByClass;
        if (prices.Price(then).Cost.ByClass is not { } price || now is not { } before)
        {
            return (none, Doubts.NoPriceThen);
        }

        var added = price.Total - before.Total;
        var (low, high) = Interval(call.Pricing.Model, price);
        var change = none with { Then = cost + added, Low = cost + added - low, High = cost + added + high, UsageThen = then.Usage, EstimateThen = then.Estimate };
        return (change, DoubtsOf(call.Pricing, then, replayed));
    }

    // Tokens that are off by a part make the cost off by the same part; what is billed by use is not.
    private (NanoUsd Less, NanoUsd More) Interval(string? model, in CostByClass price)
    {
        if (assumption.Model?.RatioOf(model) is not { } ratio || ratio.Low == ratio.High)
        {
            return default;
        }

        var tokens = (decimal)(price.Total - price.ServerTools).Value;
        return (Part(tokens, 1 - (ratio.Low / ratio.Likely)), Part(tokens, (ratio.High / ratio.Likely) - 1));
    }

    private static NanoUsd Part(decimal tokens, double part) => new((long)decimal.Round(tokens * (decimal)part));

    private Doubts DoubtsOf(PricingRequest now, PricingRequest then, ReplayedCall? replayed)
    {
        var doubts = _shift.LosesFast(now) ? Doubts.LosesFast : Doubts.None;
        doubts |= assumption.Batch && IsBatch(now) ? Doubts.IsBatch : Doubts.None;
        doubts |= assumption.Geo is not null && !HasGeo(then) ? Doubts.NoGeo : Doubts.None;
        if (assumption.Model is not { Row: var row } || then.Usage is not { } usage)
        {
            return doubts;
        }

        var (prompt, answer) = (usage.TotalInputTokens ?? 0, usage.OutputTokens ?? 0);
        doubts |= prompt + answer > row.ContextWindow ? Doubts.OverWindow : Doubts.None;
        doubts |= answer > row.MaxOutput ? Doubts.OverOutput : Doubts.None;
        var wasCached = (now.Usage?.CacheReadInputTokens ?? 0) + (now.Usage?.CacheCreationInputTokens ?? 0) > 0;
        return doubts | (wasCached && replayed is { LeftOut: LeftOutReason.None, Read: 0, Write5m: 0, Write1h: 0 } ? Doubts.TooShort : Doubts.None);
    }

    private static bool IsBatch(PricingRequest request) =>
        request.Operation == Operation.BatchResult || string.Equals(request.Usage?.ServiceTier, "batch", StringComparison.OrdinalIgnoreCase);

    private bool HasGeo(PricingRequest request) => request.Model is { } model
        && prices.Match(model, request.Provider, request.Location, request.At) is { Row.UsGeoMultiplier: not null, PriceKey: PriceKeys.Anthropic or PriceKeys.Foundry };
}
