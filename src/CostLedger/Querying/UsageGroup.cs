namespace CostLedger.Querying;

/// <summary>The sums of one group.</summary>
/// <param name="Key">One value per dimension, in the order asked; null where attempts have none.</param>
/// <param name="Totals">The sums.</param>
public sealed record UsageGroup(IReadOnlyList<string?> Key, UsageTotals Totals);
