using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>A cost with the sum that explains it. For each class the terms' exact amounts add up to the class before rounding.</summary>
/// <param name="Cost">The cost, rounded half-even once per class.</param>
/// <param name="Terms">The terms, in the order of the classes; empty when unpriced or unbilled.</param>
/// <param name="Reason">Why it is unbilled, unpriced or estimated, in one sentence; null when simply measured.</param>
/// <param name="Modifiers">What changed the price: <c>long_context</c>, <c>fast</c>, <c>geo</c>, <c>batch</c>, <c>regional</c>, <c>govcloud</c>.</param>
public sealed record CostBreakdown(
    CallCost Cost,
    IReadOnlyList<CostTerm> Terms,
    string? Reason,
    IReadOnlyList<string> Modifiers);
