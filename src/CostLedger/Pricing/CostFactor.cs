namespace CostLedger.Pricing;

/// <summary>A multiplier of a price.</summary>
/// <param name="Name">What it is for, for example <c>geo us</c>.</param>
/// <param name="Value">The factor, for example 1.1.</param>
public readonly record struct CostFactor(string Name, decimal Value);
