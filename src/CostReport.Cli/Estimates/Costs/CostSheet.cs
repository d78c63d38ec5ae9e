using CostLedger.Records;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>Works out what a request costs.</summary>
internal static class CostSheet
{
    /// <summary>Works it out.</summary>
    /// <param name="estimate">Its tokens.</param>
    /// <param name="request">Its parameters.</param>
    /// <param name="breakpoints">Its breakpoints.</param>
    /// <param name="pricer">Its prices.</param>
    /// <param name="outputTokens">The output that is expected; null where none is.</param>
    public static RequestCosts Of(
        PromptEstimate estimate, RequestSnapshot request, IReadOnlyList<CacheBreakpoint> breakpoints, CallPricer pricer, long? outputTokens)
    {
        var output = outputTokens ?? 0;
        var priced = pricer.Price(new TokenSplit(estimate.InputTokens, output));
        if (priced.Cost.ByClass is not { } cost)
        {
            return new RequestCosts { Unpriced = priced.Reason ?? "there is no price for it", Marks = priced.Cost.Marks };
        }

        var calls = CachePlan.Calls(estimate.InputTokens, breakpoints);
        var input = priced.Terms.Where(term => string.Equals(term.Class, "input", StringComparison.Ordinal)).ToList();
        return new RequestCosts
        {
            Input = cost.Input,
            Output = outputTokens is null ? null : cost.Output,
            Total = cost.Total,
            Low = pricer.Cost(new TokenSplit(estimate.InputTokensLow, output)),
            High = pricer.Cost(new TokenSplit(estimate.InputTokensHigh, output)),
            Most = Most(estimate, request, breakpoints, pricer),
            FirstInput = calls is { } first ? pricer.Cost(first.First) : null,
            LaterInput = calls is { } later ? pricer.Cost(later.Later) : null,
            InputToken = input.Count == 0 ? null : input.Sum(term => term.ExactNanoUsd) / Math.Max(1, estimate.InputTokens),
            Modifiers = priced.Modifiers,
            Marks = priced.Cost.Marks,
        };
    }

    // What comes from elsewhere, and what the server does of its own, has no bound.
    private static NanoUsd? Most(PromptEstimate estimate, RequestSnapshot request, IReadOnlyList<CacheBreakpoint> breakpoints, CallPricer pricer)
    {
        if (request.MaxTokens is not { } most || request.IsInputOpen || request.HasServerWork)
        {
            return null;
        }

        var uncached = pricer.Cost(new TokenSplit(estimate.InputTokensHigh, most));
        if (breakpoints.Count == 0 || uncached is not { } plain)
        {
            return uncached;
        }

        var isLong = breakpoints.Any(b => b.IsLong);
        var split = new TokenSplit(0, most)
        {
            Write1h = isLong ? estimate.InputTokensHigh : 0,
            Write5m = isLong ? 0 : estimate.InputTokensHigh,
        };
        return pricer.Cost(split) is { } written && written > plain ? written : plain;
    }
}
