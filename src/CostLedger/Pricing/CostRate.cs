namespace CostLedger.Pricing;

/// <summary>What all terms of a part of a call share.</summary>
/// <param name="Factors">The multipliers on its prices.</param>
/// <param name="Source">The price row, and which part of the call it is.</param>
/// <param name="Part">The iteration it belongs to; null where there are none.</param>
internal readonly record struct CostRate(IReadOnlyList<CostFactor> Factors, string Source, string? Part = null);
