namespace CostLedger.Records;

/// <summary>A cost divided by what was paid for.</summary>
/// <param name="Input">Uncached input tokens.</param>
/// <param name="Output">Output tokens, thinking included.</param>
/// <param name="CacheRead">Tokens read from the prompt cache.</param>
/// <param name="CacheWrite5m">Tokens written to the prompt cache for five minutes.</param>
/// <param name="CacheWrite1h">Tokens written to the prompt cache for one hour.</param>
/// <param name="ServerTools">Server tools billed per use: web searches.</param>
public readonly record struct CostByClass(
    NanoUsd Input,
    NanoUsd Output,
    NanoUsd CacheRead,
    NanoUsd CacheWrite5m,
    NanoUsd CacheWrite1h,
    NanoUsd ServerTools)
{
    /// <summary>The sum of the six.</summary>
    public NanoUsd Total => Input + Output + CacheRead + CacheWrite5m + CacheWrite1h + ServerTools;

    /// <summary>Adds class by class.</summary>
    /// <exception cref="OverflowException">A sum is beyond about 9.2 billion dollars.</exception>
    public static CostByClass operator +(CostByClass left, CostByClass right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite5m + right.CacheWrite5m,
        left.CacheWrite1h + right.CacheWrite1h,
        left.ServerTools + right.ServerTools);

    /// <summary>Takes away class by class.</summary>
    /// <exception cref="OverflowException">A difference is beyond about 9.2 billion dollars.</exception>
    public static CostByClass operator -(CostByClass left, CostByClass right) => new(
        left.Input - right.Input,
        left.Output - right.Output,
        left.CacheRead - right.CacheRead,
        left.CacheWrite5m - right.CacheWrite5m,
        left.CacheWrite1h - right.CacheWrite1h,
        left.ServerTools - right.ServerTools);
}
