namespace CostLedger.Pricing.Rows;

/// <summary>
/// Prices of long prompts. A request whose whole prompt (uncached input, cache reads and cache writes) is longer than
/// <paramref name="Over"/> tokens pays them for every token, output included.
/// </summary>
/// <param name="Over">The longest prompt, in tokens, that does not pay them yet.</param>
/// <param name="Standard">The prices at standard speed, or of fast mode when the band belongs to it.</param>
/// <param name="Batch">The prices in a batch; null where batches are not possible (fast mode).</param>
public sealed record PriceBand(long Over, TokenPrices Standard, TokenPrices? Batch);
