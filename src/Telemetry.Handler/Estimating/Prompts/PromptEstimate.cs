namespace Telemetry.Handler.Estimating.Prompts;

/// <summary>How many input tokens a request will have.</summary>
public sealed record PromptEstimate
{
    /// <summary>The model that it was estimated for; null where the request names none.</summary>
    public required string? Model { get; init; }

    /// <summary>The input tokens, those of the cache included.</summary>
    public required long InputTokens { get; init; }

    /// <summary>The lower end of the interval in which nine of ten requests are.</summary>
    public required long InputTokensLow { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public required long InputTokensHigh { get; init; }

    /// <summary>The blocks in the order in which a prompt is cached: tools, system, messages.</summary>
    public required IReadOnlyList<SegmentEstimate> Segments { get; init; }

    /// <summary>The tokens by where they come from; they add up to <see cref="InputTokens"/>. Sources without tokens are absent.</summary>
    public required IReadOnlyDictionary<PromptSource, long> BySource { get; init; }

    /// <summary>What was doubtful, each as a short name: <c>unknown_block</c>, <c>image_unreadable</c>, <c>document_unreadable</c>, <c>unknown_model</c>.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }
}
