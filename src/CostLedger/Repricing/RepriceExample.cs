using CostLedger.Records;

namespace CostLedger.Repricing;

/// <summary>One attempt whose cost would change.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="Before">The stored cost.</param>
/// <param name="After">The new cost.</param>
/// <param name="Reason">Why the new cost is unbilled, unpriced or estimated, in one sentence; null when simply measured.</param>
public sealed record RepriceExample(CallId Id, CallCost Before, CallCost After, string? Reason);
