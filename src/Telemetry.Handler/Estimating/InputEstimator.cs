using CostLedger.Records;

namespace Telemetry.Handler.Estimating;

/// <summary>
/// Concludes from a request how much may have been billed for it where no answer told: the caller went away, or the connection
/// broke, before the first event. Zero is the least; a token has at least one byte, which gives the most.
/// </summary>
internal static class InputEstimator
{
    /// <summary>The most tokens of an image. Source: Anthropic, Vision: 4,784 for models from 4.7 on, 1,568 before.</summary>
    public const int MostTokensOfImage = 4_784;

    // What is put before the caller's tools; 804 is the most that is documented. Source: Anthropic, Tool use, 2026-08-21.
    private const int MostOfToolPrompt = 1_024;

    // The description of a tool of Anthropic's; 6,670 is the most that is documented, of the browser tools.
    private const int MostOfKnownTool = 8_192;
    private const int LikelyTokensOfImage = 1_500;

    /// <summary>Nothing was sent, so nothing can have been billed.</summary>
    public static TokenEstimate Nothing { get; } = new()
    {
        InputTokens = 0,
        InputTokensHigh = 0,
        OutputTokens = 0,
        OutputTokensLow = 0,
        OutputTokensHigh = 0,
    };

    /// <summary>Estimates a call of which only the request is known.</summary>
    /// <param name="sent">The request.</param>
    /// <param name="model">The model, as far as it is known.</param>
    /// <param name="maxTokens">The request's limit of the output; null when not known.</param>
    /// <returns>The estimate; null when nothing is known of the request.</returns>
    public static TokenEstimate? Estimate(in InputSent sent, string? model, long? maxTokens)
    {
        if (sent.Bytes is not { } bytes || bytes == 0)
        {
            return maxTokens is null ? null : new TokenEstimate { OutputTokensLow = 0, OutputTokensHigh = maxTokens };
        }

        var text = Math.Max(0, bytes - sent.BinaryBytes);
        var most = text + ((long)sent.Images * MostTokensOfImage) + ((long)sent.KnownTools * MostOfKnownTool) + MostOfToolPrompt;
        return new TokenEstimate
        {
            InputTokens = (long)Math.Ceiling(text / TokenizerGeneration.Of(model).BytesPerToken) + ((long)sent.Images * LikelyTokensOfImage),
            InputTokensHigh = sent.IsOpen ? null : most,
            OutputTokensLow = 0,
            OutputTokensHigh = maxTokens,
            Tokenizer = OutputEstimator.Tokenizer,
        };
    }
}
