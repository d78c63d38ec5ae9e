using CostLedger.Querying.Caching.Findings;
using CostLedger.Records;

namespace CostLedger.Querying.Caching;

/// <summary>How a group of attempts used the prompt cache. Tokens are the provider's counts; costs are of attempts that have a price.</summary>
public sealed record CacheTotals
{
    /// <summary>Attempts.</summary>
    public long Attempts { get; init; }

    /// <summary>Input tokens that were neither read from the cache nor written to it.</summary>
    public long UncachedTokens { get; init; }

    /// <summary>Input tokens read from the cache.</summary>
    public long ReadTokens { get; init; }

    /// <summary>Input tokens written to the cache for five minutes, or for a time that the answer did not tell.</summary>
    public long Written5mTokens { get; init; }

    /// <summary>Input tokens written to the cache for one hour.</summary>
    public long Written1hTokens { get; init; }

    /// <summary>What uncached input, reads and writes cost.</summary>
    public NanoUsd InputCost { get; init; }

    /// <summary>The part of <see cref="InputCost"/> that was writing.</summary>
    public NanoUsd WriteCost { get; init; }

    /// <summary>What the same tokens would have cost without a cache, less what they cost; negative where caching cost more.</summary>
    public NanoUsd Saved { get; init; }

    /// <summary>What conversations lost of what they had in the cache.</summary>
    public CacheLoss Breaks { get; init; }

    /// <summary>What could have been read although no conversation had it: no breaks.</summary>
    public CacheLoss Missed { get; init; }

    /// <summary>Attempts without a price; their tokens are counted, their costs are not known.</summary>
    public long UnpricedAttempts { get; init; }

    /// <summary>Attempts whose answer told of input and said nothing of a cache; their input counts as uncached.</summary>
    public long UntoldAttempts { get; init; }

    /// <summary>All input tokens, whatever became of them.</summary>
    public decimal InputTokens => (decimal)UncachedTokens + ReadTokens + Written5mTokens + Written1hTokens;

    /// <summary>Reads over all input tokens, 0 to 1; null without input.</summary>
    public decimal? HitRatio => InputTokens > 0 ? Math.Clamp(ReadTokens / InputTokens, 0, 1) : null;
}
