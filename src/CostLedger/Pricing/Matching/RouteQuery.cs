using CostLedger.Records;

namespace CostLedger.Pricing.Matching;

/// <summary>What the way to a price depends on, apart from the day.</summary>
/// <param name="Provider">Who answers.</param>
/// <param name="Location">The cloud's location.</param>
/// <param name="Model">The model to price.</param>
/// <param name="ModelRequested">The id that was called, where it differs; on Bedrock it alone holds the profile.</param>
internal readonly record struct RouteQuery(Provider Provider, string? Location, string Model, string? ModelRequested);
