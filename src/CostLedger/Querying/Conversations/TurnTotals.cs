using CostLedger.Records;

namespace CostLedger.Querying.Conversations;

/// <summary>What calls took, by the provider's counts and the price list; of answers that were cut off, by what the calls' records estimate.</summary>
public readonly record struct TurnTotals
{
    /// <summary>Attempts.</summary>
    public long Calls { get; init; }

    /// <summary>Input tokens that the cache had no part in.</summary>
    public long UncachedTokens { get; init; }

    /// <summary>Tokens read from the prompt cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>Tokens written to the prompt cache.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Output tokens; of an answer that was cut off, what was estimated where that is more.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The cost of all that has a price.</summary>
    public NanoUsd Cost { get; init; }

    /// <summary>The part of <see cref="Cost"/> that is for input, cached or not.</summary>
    public NanoUsd InputCost { get; init; }

    /// <summary>What the same tokens would have cost without a cache, less what they cost.</summary>
    public NanoUsd SavedByCache { get; init; }

    /// <summary>Attempts without a price; they are not in the money.</summary>
    public long Unpriced { get; init; }

    /// <summary>Attempts whose cost is estimated in part.</summary>
    public long Estimated { get; init; }

    /// <summary>All input tokens.</summary>
    public long InputTokens => UncachedTokens + CacheReadTokens + CacheWriteTokens;

    /// <summary>The part of the input that was read from the cache, 0 to 1; null without input.</summary>
    public double? HitRatio => InputTokens > 0 ? CacheReadTokens / (double)InputTokens : null;

    /// <summary>Adds figure by figure.</summary>
    /// <exception cref="OverflowException">The money is beyond about 9.2 billion dollars.</exception>
    public static TurnTotals operator +(in TurnTotals left, in TurnTotals right) => new()
    {
        Calls = left.Calls + right.Calls,
        UncachedTokens = left.UncachedTokens + right.UncachedTokens,
        CacheReadTokens = left.CacheReadTokens + right.CacheReadTokens,
        CacheWriteTokens = left.CacheWriteTokens + right.CacheWriteTokens,
        OutputTokens = left.OutputTokens + right.OutputTokens,
        Cost = left.Cost + right.Cost,
        InputCost = left.InputCost + right.InputCost,
        SavedByCache = left.SavedByCache + right.SavedByCache,
        Unpriced = left.Unpriced + right.Unpriced,
        Estimated = left.Estimated + right.Estimated,
    };
}
