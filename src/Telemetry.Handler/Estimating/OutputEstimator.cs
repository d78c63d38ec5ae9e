using CostLedger.Records;

namespace Telemetry.Handler.Estimating;

/// <summary>
/// Concludes from what was received of an answer that broke off how many output tokens were billed: what was generated is
/// billed, and its count would have come at the end.
/// </summary>
internal static class OutputEstimator
{
    /// <summary>How such an estimate is named.</summary>
    public const string Tokenizer = "bytes";

    /// <summary>
    /// What may have been generated beyond what was received: a server notices a caller that went away after two seconds at
    /// worst (HTTP/1.1 drains that long), and the fastest models write about 250 tokens a second.
    /// </summary>
    public const int UnseenTokens = 512;

    // Tool input is JSON: names, quotes and braces make its tokens shorter than those of prose. Measured on recorded calls.
    private const double ToolInputRatio = 0.75;

    // A tool call's frame and names, at least and at most, as parts of the usual.
    private const double FewestFrame = 0.3;
    private const double MostFrame = 2;

    /// <summary>Estimates the output.</summary>
    /// <param name="received">What was received.</param>
    /// <param name="model">The model, as far as it is known.</param>
    /// <param name="maxTokens">The request's limit, which bounds what is billed; null when not known.</param>
    /// <returns>The estimate; its upper bound is null where nothing bounds it: hidden thinking without a known limit.</returns>
    public static TokenEstimate Estimate(OutputReceived received, string? model, long? maxTokens)
    {
        var generation = TokenizerGeneration.Of(model);
        var limit = maxTokens ?? long.MaxValue;
        var low = Tokens(received, generation.MostBytesPerToken, generation.TokensPerToolCall * FewestFrame, roundUp: false);
        var middle = Tokens(received, generation.BytesPerToken, generation.TokensPerToolCall, roundUp: true);
        var high = Tokens(received, generation.FewestBytesPerToken, generation.TokensPerToolCall * MostFrame, roundUp: true) + UnseenTokens;

        // Thinking that is not shown, or shown as a summary, is billed in full, and only the limit bounds it.
        var isBounded = !received.IsThinkingHidden && received.ThinkingBytes == 0;
        var most = isBounded ? Math.Min(high, limit) : maxTokens is null ? (long?)null : limit;
        var least = Math.Min(low, limit);
        return new TokenEstimate
        {
            OutputTokens = Math.Clamp(middle, least, most ?? long.MaxValue),
            OutputTokensLow = least,
            OutputTokensHigh = most,
            Tokenizer = Tokenizer,
        };
    }

    private static long Tokens(OutputReceived received, double bytesPerToken, double perToolCall, bool roundUp)
    {
        var thinking = Math.Max(received.ThinkingBytes / bytesPerToken, received.ThinkingTokens ?? 0);
        var tokens = (received.TextBytes / bytesPerToken)
            + thinking
            + (received.ToolInputBytes / (bytesPerToken * ToolInputRatio))
            + (received.ToolBlocks * perToolCall);
        return (long)(roundUp ? Math.Ceiling(tokens) : Math.Floor(tokens));
    }
}
