namespace CostLedger.Querying.Caching.Traffic;

/// <summary>What a token of each class costs, in nano-dollars, and the shortest prefix that is cached.</summary>
/// <param name="Input">Uncached.</param>
/// <param name="Read">Read from the cache.</param>
/// <param name="Write5m">Written for five minutes.</param>
/// <param name="Write1h">Written for one hour.</param>
/// <param name="Minimum">The shortest prefix that is cached, in tokens.</param>
internal sealed record CallPrices(decimal Input, decimal Read, decimal Write5m, decimal Write1h, long Minimum);
