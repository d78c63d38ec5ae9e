namespace CostLedger.Pricing.Matching;

/// <summary>The model that an id stands for.</summary>
/// <param name="Id">The id, taken apart.</param>
/// <param name="Model">The model's id at the Claude API; null when none was recognised.</param>
/// <param name="Kind">How it was recognised.</param>
/// <param name="Explanation">Why, in words.</param>
internal sealed record NameMatch(ModelId Id, string? Model, MatchKind Kind, string Explanation);
