using CostLedger.Records;

namespace CostLedger.Querying.Trees;

/// <summary>What a call took; in sums, what several took.</summary>
internal readonly record struct CallSums
{
    public long Calls { get; init; }

    public long Uncached { get; init; }

    public long CacheRead { get; init; }

    public long CacheWritten { get; init; }

    public long Output { get; init; }

    /// <summary>The cost of input that was not read from the cache.</summary>
    public NanoUsd NewInputCost { get; init; }

    public NanoUsd CacheReadCost { get; init; }

    public NanoUsd Cost { get; init; }

    public NanoUsd SavedByCache { get; init; }

    public long Unpriced { get; init; }

    /// <summary>Calls whose cost is estimated in part.</summary>
    public long Estimated { get; init; }

    /// <summary>The whole prompt.</summary>
    public long Input => Uncached + CacheRead + CacheWritten;

    public static CallSums operator +(in CallSums left, in CallSums right) => new()
    {
        Calls = left.Calls + right.Calls,
        Uncached = left.Uncached + right.Uncached,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWritten = left.CacheWritten + right.CacheWritten,
        Output = left.Output + right.Output,
        NewInputCost = left.NewInputCost + right.NewInputCost,
        CacheReadCost = left.CacheReadCost + right.CacheReadCost,
        Cost = left.Cost + right.Cost,
        SavedByCache = left.SavedByCache + right.SavedByCache,
        Unpriced = left.Unpriced + right.Unpriced,
        Estimated = left.Estimated + right.Estimated,
    };
}
