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

    /// <summary>The fastest models write about 250 tokens a second.</summary>
    public const int MostTokensPerSecond = 256;

    /// <summary>
    /// A server notices a caller that went away after two seconds at worst: HTTP/1.1 drains that long
    /// (<see cref="SocketsHttpHandler.ResponseDrainTimeout"/>).
    /// </summary>
    public const int SecondsUnnoticed = 2;

    // Tool input is JSON: names, quotes and braces make its tokens shorter than those of prose. Measured on recorded calls.
    // The least is for input that is prose itself, and for a forced call, whose frame is not generated and not billed.
    private const double ToolInputRatio = 0.75;
    private const double MostFrame = 2;

    // What a message has beside its blocks; measured on recorded answers of few tokens.
    private const int MessageFrame = 3;

    /// <summary>Estimates the output.</summary>
    /// <param name="received">What was received.</param>
    /// <param name="model">The model, as far as it is known.</param>
    /// <param name="bound">What bounds what is billed.</param>
    /// <returns>
    /// The estimate; its upper bound is null where nothing bounds it: hidden thinking, or an answer that is billed whole, without
    /// a known limit, or server tools.
    /// </returns>
    public static TokenEstimate Estimate(OutputReceived received, string? model, in OutputLimit bound)
    {
        var generation = TokenizerGeneration.Of(model);
        var limit = bound.MaxTokens ?? long.MaxValue;
        var frames = received.ToolBlocks * generation.TokensPerToolCall;
        var low = (long)Tokens(received, generation.MostBytesPerToken, toolInputRatio: 1);
        var middle = (long)Math.Ceiling(Tokens(received, generation.BytesPerToken, ToolInputRatio) + frames);
        var high = (long)Math.Ceiling(Tokens(received, generation.FewestBytesPerToken, ToolInputRatio) + (frames * MostFrame) + Unseen(bound.Behind));

        // Thinking that is not shown, or shown as a summary, is billed in full, and only the limit bounds it.
        var isBounded = !received.IsThinkingHidden && received.ThinkingBytes == 0 && !bound.IsBilledWhole;
        var most = bound.IsOpen ? null : isBounded ? Math.Min(high, limit) : bound.MaxTokens;
        var least = Math.Min(low, limit);
        return new TokenEstimate
        {
            OutputTokens = Math.Clamp(middle, least, most ?? long.MaxValue),
            OutputTokensLow = least,
            OutputTokensHigh = most,
            Tokenizer = Tokenizer,
        };
    }

    /// <summary>Estimates the output tokens that are billed for what has arrived.</summary>
    /// <param name="counted">What a tokenizer counts of it.</param>
    /// <param name="generation">The model's tokenizer.</param>
    /// <returns>The tokens, message frame included; thinking that is neither shown nor told of is not among them.</returns>
    public static long Estimate(in OutputCounted counted, TokenizerGeneration generation)
    {
        var thinking = Math.Max(counted.Thinking * generation.TokensPerCount, counted.ThinkingTold ?? 0);
        var shown = ((counted.Text + counted.ToolInput) * generation.TokensPerCount) + (counted.ToolBlocks * generation.TokensPerToolCall);
        return thinking + shown == 0 ? 0 : (long)Math.Ceiling(thinking + shown + MessageFrame);
    }

    private static double Unseen(TimeSpan behind) => (SecondsUnnoticed + behind.TotalSeconds) * MostTokensPerSecond;

    private static double Tokens(OutputReceived received, double bytesPerToken, double toolInputRatio) =>
        (received.TextBytes / bytesPerToken)
        + Math.Max(received.ThinkingBytes / bytesPerToken, received.ThinkingTokens ?? 0)
        + (received.ToolInputBytes / (bytesPerToken * toolInputRatio));
}
