namespace CostLedger.Querying.Attempts;

/// <summary>The sums of one group of calls.</summary>
/// <param name="Key">One value per dimension, in the order asked; null where calls have none.</param>
/// <param name="Totals">The sums.</param>
public sealed record AttemptGroup(IReadOnlyList<string?> Key, AttemptTotals Totals);
