namespace CostLedger.Records;

/// <summary>What was expected of a call before it was answered, or concluded of a part that was never told.</summary>
public sealed record TokenEstimate
{
    /// <summary>Input tokens, all classes, estimated before sending; null when not estimated.</summary>
    public long? InputTokens { get; init; }

    /// <summary>The most input tokens that the request can be; null where nothing bounds them.</summary>
    public long? InputTokensHigh { get; init; }

    /// <summary>Output tokens concluded from what was received of an answer that was cut off; null when the provider told them.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>The fewest output tokens that what was received can be.</summary>
    public long? OutputTokensLow { get; init; }

    /// <summary>The most output tokens that may have been billed; null where nothing bounds them.</summary>
    public long? OutputTokensHigh { get; init; }

    /// <summary>How it was counted, for example <c>bytes</c>.</summary>
    public string? Tokenizer { get; init; }
}
