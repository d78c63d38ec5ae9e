using CostLedger.Records;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Prompting.Caches;

namespace Telemetry.Handler.Prompting;

/// <summary>Prices what a call is expected to take.</summary>
internal static class CostExpectation
{
    /// <summary>The likely cost, and the ends of its interval; each is null where it has no price or no bound.</summary>
    public static (NanoUsd? Likely, NanoUsd? Low, NanoUsd? High) Of(
        PromptQuestion question, CallEstimate input, OutputExpectation output, CacheForecast? cache)
    {
        var likely = output.Likely is { } tokens ? Price(question, Likely(question, input, cache) with { OutputTokens = tokens }) : null;
        var low = Price(question, question.Request.CacheBreakpoints > 0
            ? new TokenUsage { InputTokens = 0, CacheReadInputTokens = input.InputTokensLow, OutputTokens = output.Low ?? 0 }
            : new TokenUsage { InputTokens = input.InputTokensLow, OutputTokens = output.Low ?? 0 });
        var high = output.High is { } most ? Price(question, Dearest(question, input.InputTokensHigh, most)) : null;
        return (likely, low, high);
    }

    /// <summary>The cost of an answer as long as the request allows, all of the input at its dearest; null without a price or a limit.</summary>
    public static NanoUsd? Most(PromptQuestion question, CallEstimate input) =>
        question.Request.MaxTokens is { } limit ? Price(question, Dearest(question, input.InputTokensHigh, limit)) : null;

    /// <summary>What a call will lose of the prompt cache; null where it loses nothing.</summary>
    public static CacheBreak? OfBreak(PromptQuestion question, CacheForecast cache) => cache.Break is not { } lost ? null : CacheBreaks.Of(
        lost,
        Usage(cache.UncachedTokens, cache.ReadTokens, cache.Write5mTokens, cache.Write1hTokens),
        usage => Price(question, usage));

    /// <summary>What the prompt of a call costs, without its answer; null without a price.</summary>
    public static NanoUsd? OfPrompt(PromptQuestion question, in CacheShares shares) =>
        Price(question, Usage(shares) with { OutputTokens = 0 });

    private static TokenUsage Likely(PromptQuestion question, CallEstimate input, CacheForecast? cache)
    {
        if (cache is null or { Breakpoints: 0 })
        {
            var shared = cache is null && question.Request.CacheBreakpoints > 0 ? Math.Min(input.SharedTokens, input.InputTokens) : 0;
            return Usage(input.InputTokens - shared, shared, 0, 0);
        }

        return Usage(CacheShares.Of(cache, input.InputTokens));
    }

    private static TokenUsage Usage(in CacheShares shares) => Usage(shares.Uncached, shares.Read, shares.Write5m, shares.Write1h);

    private static TokenUsage Usage(long input, long read, long write5m, long write1h) => new()
    {
        InputTokens = input,
        CacheReadInputTokens = read,
        CacheCreationInputTokens = write5m + write1h,
        CacheCreation5mInputTokens = write5m,
        CacheCreation1hInputTokens = write1h,
    };

    // The longer lifetime is the dearer one to write, and the shorter is the rule.
    private static TokenUsage Dearest(PromptQuestion question, long input, long output) => question.Request.CacheBreakpoints > 0
        ? new TokenUsage { InputTokens = 0, CacheCreationInputTokens = input, CacheCreation1hInputTokens = input, OutputTokens = output }
        : new TokenUsage { InputTokens = input, OutputTokens = output };

    private static NanoUsd? Price(PromptQuestion question, TokenUsage usage)
    {
        var request = question.Request;
        return CacheBreaks.TotalOf(question.Prices.Price(question.Pricing with
        {
            Usage = usage with { Speed = request.Speed, InferenceGeo = request.InferenceGeo },
            Outcome = CallOutcome.Success,
        }));
    }
}
