using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Telemetry.Handler.Tokens;

namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>What a request says of its tokens beside its blocks.</summary>
/// <param name="IsThinkingEnabled">Whether thinking is enabled with a budget.</param>
/// <param name="IsInterleaved">Whether the beta of interleaved thinking is asked for.</param>
/// <param name="SchemaTokens">The counted tokens of the schema that the answer must follow, without white space.</param>
/// <param name="HasTaskBudget">Whether the model is told how many tokens it may spend.</param>
internal readonly record struct PromptParameters(bool IsThinkingEnabled, bool IsInterleaved, int SchemaTokens, bool HasTaskBudget)
{
    /// <summary>Reads them.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="body">The body that it was read from.</param>
    /// <param name="request">The request's parameters.</param>
    /// <param name="isInterleaved">Whether the beta of interleaved thinking is asked for.</param>
    /// <param name="counter">Counts the schema.</param>
    public static PromptParameters Of(
        SegmentedPrompt prompt, ReadOnlySpan<byte> body, RequestSnapshot request, bool isInterleaved, ITokenCounter counter)
    {
        var tokens = 0;
        if (prompt.OutputSchema is { Length: > 0 } schema)
        {
            using var text = new CanonicalText();
            text.AppendCompact(body.Slice(schema.Start, schema.Length));
            tokens = Math.Max(0, counter.Count(text.Written));
        }

        return new PromptParameters(string.Equals(request.ThinkingType, "enabled", StringComparison.Ordinal), isInterleaved, tokens, request.HasTaskBudget);
    }
}
