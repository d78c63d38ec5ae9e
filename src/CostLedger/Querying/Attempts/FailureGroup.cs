namespace CostLedger.Querying.Attempts;

/// <summary>Attempts whose answer was not used, by what went wrong and the model that was asked for.</summary>
/// <param name="Error">The error's type; the outcome's name where there is none (<c>canceled</c>).</param>
/// <param name="Model">The model; null when not known.</param>
/// <param name="Waste">The attempts, and what they took.</param>
/// <param name="Recovered">How many of them belong to calls that got an answer in the end.</param>
public sealed record FailureGroup(string Error, string? Model, Waste Waste, long Recovered);
