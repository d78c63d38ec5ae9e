using CostLedger.Querying.Summing;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Scans;

/// <summary>Running sums over losses.</summary>
internal sealed class LossSums
{
    public long Count { get; private set; }

    public long Tokens { get; private set; }

    public NanoUsd Cost { get; private set; }

    public long Unpriced { get; private set; }

    /// <summary>Adds a loss.</summary>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public void Add(CacheBreak lost)
    {
        Count++;
        Tokens = RowSums.Sum(Tokens, lost.TokensLost);
        Cost += lost.CostLost ?? NanoUsd.Zero;
        Unpriced += lost.CostLost is null ? 1 : 0;
    }

    /// <summary>Adds other sums.</summary>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public void Add(LossSums other)
    {
        Count += other.Count;
        Tokens = RowSums.Sum(Tokens, other.Tokens);
        Cost += other.Cost;
        Unpriced += other.Unpriced;
    }
}
