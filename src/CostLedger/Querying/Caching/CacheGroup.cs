namespace CostLedger.Querying.Caching;

/// <summary>How one group of attempts used the prompt cache.</summary>
/// <param name="Key">One value per dimension, in the order asked; null where attempts have none.</param>
/// <param name="Totals">The sums.</param>
public sealed record CacheGroup(IReadOnlyList<string?> Key, CacheTotals Totals);
