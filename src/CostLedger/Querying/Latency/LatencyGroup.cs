namespace CostLedger.Querying.Latency;

/// <summary>The latency of one group.</summary>
/// <param name="Key">One value per dimension, in the order asked; null where attempts have none.</param>
/// <param name="Totals">How long its answers took.</param>
public sealed record LatencyGroup(IReadOnlyList<string?> Key, LatencyTotals Totals);
