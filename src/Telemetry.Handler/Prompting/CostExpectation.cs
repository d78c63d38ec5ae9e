using CostLedger.Records;
using Telemetry.Handler.Estimating.Prompts;

namespace Telemetry.Handler.Prompting;

/// <summary>Prices what a call is expected to take.</summary>
internal static class CostExpectation
{
    /// <summary>The likely cost, the least and the most; each is null where it has no price or no bound.</summary>
    public static (NanoUsd? Likely, NanoUsd? Low, NanoUsd? High) Of(PromptQuestion question, CallEstimate input, OutputExpectation output)
    {
        var cached = question.Request.CacheBreakpoints > 0 ? Math.Min(input.SharedTokens, input.InputTokens) : 0;
        var likely = output.Likely is { } tokens
            ? Price(question, new TokenUsage { InputTokens = input.InputTokens - cached, CacheReadInputTokens = cached, OutputTokens = tokens })
            : null;
        var low = Price(question, question.Request.CacheBreakpoints > 0
            ? new TokenUsage { InputTokens = 0, CacheReadInputTokens = input.InputTokensLow, OutputTokens = output.Low ?? 0 }
            : new TokenUsage { InputTokens = input.InputTokensLow, OutputTokens = output.Low ?? 0 });
        var high = output.High is { } most ? Price(question, Dearest(question, input.InputTokensHigh, most)) : null;
        return (likely, low, high);
    }

    // The longer lifetime is the dearer one to write, and the shorter is the rule.
    private static TokenUsage Dearest(PromptQuestion question, long input, long output) => question.Request.CacheBreakpoints > 0
        ? new TokenUsage { InputTokens = 0, CacheCreationInputTokens = input, CacheCreation1hInputTokens = input, OutputTokens = output }
        : new TokenUsage { InputTokens = input, OutputTokens = output };

    private static NanoUsd? Price(PromptQuestion question, TokenUsage usage)
    {
        var request = question.Request;
        var priced = question.Prices.Price(question.Pricing with
        {
            Usage = usage with { Speed = request.Speed, InferenceGeo = request.InferenceGeo },
            Outcome = CallOutcome.Success,
        });
        return priced.Cost.Basis is CostBasis.Unpriced ? null : priced.Cost.Total;
    }
}
