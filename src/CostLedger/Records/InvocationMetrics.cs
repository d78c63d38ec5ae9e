namespace CostLedger.Records;

/// <summary>
/// Amazon Bedrock's own measurements of a call, beside the usage that the model's answer holds. They leave out the lifetimes of
/// cache writes and may differ from the usage, which is what is priced.
/// Source: <c>amazon-bedrock-invocationMetrics</c> in a stream's last event, <c>metrics</c> of Converse, the headers
/// <c>x-amzn-bedrock-*</c>.
/// </summary>
public sealed record InvocationMetrics
{
    /// <summary>Uncached input tokens.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Tokens read from the prompt cache.</summary>
    public long? CacheReadInputTokens { get; init; }

    /// <summary>Tokens written to the prompt cache.</summary>
    public long? CacheWriteInputTokens { get; init; }

    /// <summary>How long the model worked.</summary>
    public TimeSpan? InvocationLatency { get; init; }

    /// <summary>How long it took the model to begin its answer.</summary>
    public TimeSpan? FirstByteLatency { get; init; }
}
