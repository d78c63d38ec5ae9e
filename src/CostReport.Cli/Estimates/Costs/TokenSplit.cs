namespace CostReport.Cli.Estimates.Costs;

/// <summary>Tokens of a call by how they are billed.</summary>
/// <param name="Uncached">Input that is neither written nor read.</param>
/// <param name="Output">Output.</param>
internal readonly record struct TokenSplit(long Uncached, long Output = 0)
{
    /// <summary>Input written to the cache for five minutes.</summary>
    public long Write5m { get; init; }

    /// <summary>Input written to the cache for one hour.</summary>
    public long Write1h { get; init; }

    /// <summary>Input read from the cache.</summary>
    public long Read { get; init; }
}
