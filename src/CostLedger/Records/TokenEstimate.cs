namespace CostLedger.Records;

/// <summary>What was expected of a call before it was answered, or concluded of a part that was never told.</summary>
public sealed record TokenEstimate
{
    /// <summary>Input tokens, all classes, estimated before sending; null when not estimated.</summary>
    public long? InputTokens { get; init; }

    /// <summary>The lower end of the interval in which nine of ten requests are; null where none was estimated.</summary>
    public long? InputTokensLow { get; init; }

    /// <summary>The most input tokens that the request can be, or the upper end of the interval; null where nothing bounds them.</summary>
    public long? InputTokensHigh { get; init; }

    /// <summary>Input tokens by the shipped constants alone, before what earlier calls taught; null when not estimated so.</summary>
    public long? ColdInputTokens { get; init; }

    /// <summary><see cref="ColdInputTokens"/> by where they come from; null when not told apart.</summary>
    public InputBySource? Sources { get; init; }

    /// <summary>Input tokens expected to be read from the prompt cache; null when nothing was expected.</summary>
    public long? ExpectedCacheReadTokens { get; init; }

    /// <summary>Output tokens expected before sending; null when nothing was expected.</summary>
    public long? ExpectedOutputTokens { get; init; }

    /// <summary>The lower end of the interval of <see cref="ExpectedOutputTokens"/>.</summary>
    public long? ExpectedOutputTokensLow { get; init; }

    /// <summary>The upper end of the interval of <see cref="ExpectedOutputTokens"/>.</summary>
    public long? ExpectedOutputTokensHigh { get; init; }

    /// <summary>What the call was expected to cost; null when nothing was expected, or without a price.</summary>
    public NanoUsd? ExpectedCost { get; init; }

    /// <summary>The lower end of the interval of <see cref="ExpectedCost"/>.</summary>
    public NanoUsd? ExpectedCostLow { get; init; }

    /// <summary>The upper end of the interval of <see cref="ExpectedCost"/>.</summary>
    public NanoUsd? ExpectedCostHigh { get; init; }

    /// <summary>Output tokens concluded from what was received of an answer that was cut off; null when the provider told them.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>The fewest output tokens that what was received can be.</summary>
    public long? OutputTokensLow { get; init; }

    /// <summary>The most output tokens that may have been billed; null where nothing bounds them.</summary>
    public long? OutputTokensHigh { get; init; }

    /// <summary>How it was counted, for example <c>bytes</c>.</summary>
    public string? Tokenizer { get; init; }
}
