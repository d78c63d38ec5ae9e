namespace CostLedger.Records;

/// <summary>
/// One sampling iteration of a call (<c>usage.iterations[]</c>). Compaction and advisor iterations are not contained in the
/// top-level counts; the bill is the sum over iterations, each at its own model's price.
/// </summary>
public sealed record UsageIteration
{
    /// <summary><c>message</c>, <c>compaction</c>, <c>advisor_message</c>, <c>fallback_message</c>, or a type not known yet.</summary>
    public required string Type { get; init; }

    /// <summary>The iteration's own model; null means the call's model.</summary>
    public string? Model { get; init; }

    /// <summary>Uncached input tokens.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Tokens read from the prompt cache.</summary>
    public long? CacheReadInputTokens { get; init; }

    /// <summary>Tokens written to the prompt cache, all lifetimes.</summary>
    public long? CacheCreationInputTokens { get; init; }

    /// <summary>Tokens written with a lifetime of five minutes.</summary>
    public long? CacheCreation5mInputTokens { get; init; }

    /// <summary>Tokens written with a lifetime of one hour.</summary>
    public long? CacheCreation1hInputTokens { get; init; }
}
