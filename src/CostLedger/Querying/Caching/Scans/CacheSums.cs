using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Scans;

/// <summary>What is known of one group's use of the prompt cache so far.</summary>
internal sealed class CacheSums : IGroupSums<CacheSums>
{
    /// <summary>Tokens, costs and savings.</summary>
    public RowSums Rows { get; } = new();

    /// <summary>Attempts whose answer told of input, and nothing of a cache.</summary>
    public long Untold { get; private set; }

    public LossSums Breaks { get; } = new();

    public LossSums Missed { get; } = new();

    /// <summary>Adds the statement's current row.</summary>
    /// <param name="row">The statement.</param>
    /// <param name="at">The number of the first of <see cref="RowSums.Columns"/>.</param>
    /// <param name="isUntold">Whether the answer told of input, and nothing of a cache.</param>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public void Add(Statement row, int at, bool isUntold)
    {
        Rows.Add(row, at);
        Untold += isUntold ? 1 : 0;
    }

    /// <summary>Adds a loss.</summary>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public void Add(CacheBreak lost) => (lost.IsMissed ? Missed : Breaks).Add(lost);

    /// <inheritdoc/>
    public void Add(CacheSums other)
    {
        Rows.Add(other.Rows);
        Untold += other.Untold;
        Breaks.Add(other.Breaks);
        Missed.Add(other.Missed);
    }
}
