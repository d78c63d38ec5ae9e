using CostLedger.Records;

namespace CostLedger.Querying;

/// <summary>Sums over attempts.</summary>
public sealed record UsageTotals
{
    /// <summary>Logical calls: attempts that are the first of theirs.</summary>
    public long Calls { get; init; }

    /// <summary>Attempts.</summary>
    public long Attempts { get; init; }

    /// <summary>Attempts that failed: errors, timeouts, truncated and interrupted ones.</summary>
    public long Errors { get; init; }

    /// <summary>Uncached input tokens; what token counts counted is not among them.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens, thinking included; estimated ones included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The part of the output that was thinking.</summary>
    public long ThinkingTokens { get; init; }

    /// <summary>Tokens read from the cache.</summary>
    public long CacheReadInputTokens { get; init; }

    /// <summary>Tokens written to the cache for five minutes, and those written without saying for how long.</summary>
    public long CacheCreation5mInputTokens { get; init; }

    /// <summary>Tokens written to the cache for one hour.</summary>
    public long CacheCreation1hInputTokens { get; init; }

    /// <summary>Web searches.</summary>
    public long WebSearchRequests { get; init; }

    /// <summary>The cost by class, of all attempts that have a price.</summary>
    public CostByClass Cost { get; init; }

    /// <summary>What caching saved, less what it cost.</summary>
    public NanoUsd SavedByCache { get; init; }

    /// <summary>Attempts whose cost is unknown; they are not in <see cref="Cost"/>.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>Attempts whose cost is estimated; they are in <see cref="Cost"/>.</summary>
    public long EstimatedCalls { get; init; }

    /// <summary>
    /// Those of <see cref="EstimatedCalls"/> that got no whole answer of Bedrock, which bills an answer to its end: what they add to
    /// <see cref="Cost"/> is near the least that they can have cost.
    /// </summary>
    public long NearLeastCalls { get; init; }

    /// <summary>The sum of the time to the first content over <see cref="FirstContentCalls"/>.</summary>
    public TimeSpan FirstContent { get; init; }

    /// <summary>Attempts whose time to the first content is known.</summary>
    public long FirstContentCalls { get; init; }

    /// <summary>The sum of the durations of all attempts.</summary>
    public TimeSpan Duration { get; init; }
}
