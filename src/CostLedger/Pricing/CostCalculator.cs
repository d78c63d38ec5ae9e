using CostLedger.Pricing.Matching;
using CostLedger.Pricing.Parts;
using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>Decides how a call is priced: not at all, from its counts, from an estimate, or as unknown.</summary>
internal sealed class CostCalculator(PriceRules rules, RouteFinder routes, string version)
{
    public CostBreakdown Price(PricingRequest request)
    {
        var usage = HasCounts(request.Usage) ? request.Usage : null;
        if (Billing.WhyFree(request, usage is not null) is { } free)
        {
            return Unbilled(free, []);
        }

        if (!Plausibility.Holds(request.Usage, request.Estimate))
        {
            return Unpriced("the counts are negative or impossibly large", version, [CostMarks.ImplausibleUsage]);
        }

        try
        {
            return usage is null ? PriceUncounted(request) : PriceCounted(request, usage);
        }
        catch (OverflowException)
        {
            return Unpriced("the cost of these counts is impossibly large", version, [CostMarks.ImplausibleUsage]);
        }
    }

    public static CostBreakdown Unpriced(string reason, string version, IReadOnlyList<string> marks) =>
        new(new CallCost { Basis = CostBasis.Unpriced, PriceVersion = version, Marks = marks }, [], reason, []);

    private static CostBreakdown Unbilled(string reason, IReadOnlyList<string> marks) =>
        new(new CallCost { Basis = CostBasis.Unbilled, ByClass = default(CostByClass), Marks = marks }, [], reason, []);

    private CostBreakdown PriceCounted(PricingRequest request, TokenUsage usage)
    {
        var refusal = Billing.OfRefusal(request, rules.Refusals);
        var parts = UsageParts.Read(usage, request.Estimate, request.Model, request.ModelRequested);
        var hasOtherCosts = usage.WebSearchRequests > 0 || parts.Parts.Any(part => !part.IsExecutor);
        return refusal == RefusalBilling.Free && !hasOtherCosts
            ? UnbilledRefusal()
            : new CountedCall(request, parts, refusal, rules, routes).Price(version);
    }

    // No message_start arrived, or an answer without counts. Whether it was billed is not known.
    private CostBreakdown PriceUncounted(PricingRequest request)
    {
        if (Billing.OfRefusal(request, rules.Refusals) == RefusalBilling.Free)
        {
            return UnbilledRefusal();
        }

        if (request.Estimate is { InputTokensHigh: 0, OutputTokensHigh: 0 })
        {
            return Unbilled("no connection could be made: nothing was sent", [CostMarks.NotSent]);
        }

        if (request.Outcome == CallOutcome.Error && (request.Estimate?.OutputTokens ?? 0) == 0)
        {
            return Failed(request);
        }

        if (request.Estimate is null or { InputTokens: null, OutputTokens: null })
        {
            return Unpriced(
                "no usage arrived and nothing was estimated; the call may have been billed", version, [CostMarks.InputUnknown]);
        }

        var priced = PriceEstimate(request);
        return priced.Cost.Basis == CostBasis.Unpriced ? priced : priced with { Cost = priced.Cost with { LowerBound = NanoUsd.Zero } };
    }

    private CostBreakdown PriceEstimate(PricingRequest request)
    {
        var parts = UsageParts.Read(new TokenUsage(), request.Estimate, request.Model, request.ModelRequested);
        return new CountedCall(request, parts, RefusalBilling.Billed, rules, routes).Price(version);
    }

    // A connection that broke, or an error event that came instead of an answer: most likely nothing was sampled. If it was,
    // it cost no more than the whole call can.
    private CostBreakdown Failed(PricingRequest request)
    {
        var whole = PriceEstimate(request).Cost;
        var cost = new CallCost
        {
            Basis = CostBasis.Estimated,
            ByClass = default(CostByClass),
            LowerBound = NanoUsd.Zero,
            UpperBound = whole.UpperBound,
            PriceVersion = whole.UpperBound is null ? null : version,
            Marks = [CostMarks.InputUnknown],
        };
        return new CostBreakdown(cost, [], "it failed before any usage arrived; most likely it was not billed", []);
    }

    private static CostBreakdown UnbilledRefusal() =>
        Unbilled("a refusal before any output, of this category and on this day, is not billed", [CostMarks.RefusalUnbilled]);

    private static bool HasCounts(TokenUsage? usage) => usage is not null
        && (usage.TotalInputTokens is not null || usage.OutputTokens is not null || usage.Iterations.Count > 0);
}
