namespace CostLedger.Pricing.Rows;

/// <summary>
/// What each class of tokens costs, in dollars per million. Null means that the class cannot be bought there, which is
/// not the same as free.
/// </summary>
/// <param name="Input">Uncached input tokens.</param>
/// <param name="Output">Output tokens, thinking included.</param>
/// <param name="CacheWrite5m">Tokens written to the prompt cache for five minutes.</param>
/// <param name="CacheWrite1h">Tokens written to the prompt cache for one hour.</param>
/// <param name="CacheRead">Tokens read from the prompt cache.</param>
public sealed record TokenPrices(
    decimal? Input,
    decimal? Output,
    decimal? CacheWrite5m,
    decimal? CacheWrite1h,
    decimal? CacheRead);
