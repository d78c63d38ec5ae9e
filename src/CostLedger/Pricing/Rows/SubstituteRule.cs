namespace CostLedger.Pricing.Rows;

/// <summary>What stands in for a provider's row that the list does not have. Costs from it are marked.</summary>
/// <param name="Use">The price key whose row is taken.</param>
/// <param name="Factor">What its prices are multiplied by.</param>
/// <param name="ModelsFrom">Only models whose first price is of this day or later take the factor; null for all.</param>
public sealed record SubstituteRule(string Use, decimal Factor, DateOnly? ModelsFrom);
