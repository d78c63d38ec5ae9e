namespace MessagesSimulator.Billing;

/// <summary>What a call used, by the simulator's own count. The input classes are disjoint.</summary>
public sealed record BilledUsage
{
    /// <summary>Uncached input tokens.</summary>
    public required int InputTokens { get; init; }

    /// <summary>Tokens read from the cache.</summary>
    public required int CacheReadInputTokens { get; init; }

    /// <summary>Tokens written to the cache for five minutes.</summary>
    public required int CacheCreation5mInputTokens { get; init; }

    /// <summary>Tokens written to the cache for an hour.</summary>
    public required int CacheCreation1hInputTokens { get; init; }

    /// <summary>Output tokens generated, thinking included.</summary>
    public required int OutputTokens { get; init; }

    /// <summary>The part of the output that was thinking.</summary>
    public required int ThinkingTokens { get; init; }

    /// <summary>Web searches.</summary>
    public int WebSearchRequests { get; init; }
}
