namespace CostLedger.Querying.Limits;

/// <summary>Attempts that were refused because a rate limit was used up.</summary>
/// <param name="Model">The model that was asked for; null when not known.</param>
/// <param name="Attempts">How many.</param>
/// <param name="AskedToWait">The waits that the refusals asked for (<c>retry-after</c>), added up.</param>
/// <param name="WithoutWait">How many asked for none.</param>
/// <param name="Last">When the last of them began.</param>
public sealed record ThrottleGroup(string? Model, long Attempts, TimeSpan AskedToWait, long WithoutWait, DateTimeOffset Last);
