using CostLedger.Records;

namespace Telemetry.Handler.Caching;

/// <summary>Whose cache a request uses: the provider keeps one for each workspace or organisation, place and model.</summary>
/// <param name="Provider">Who answers.</param>
/// <param name="Workspace">A keyed hash of what tells the workspace: the API key, the account, the project. Zero where it is not known.</param>
/// <param name="Location">The cloud's location or the host; null where there is none.</param>
/// <param name="Model">The model's id, in any spelling.</param>
internal readonly record struct CacheScope(Provider Provider, UInt128 Workspace, string? Location, string? Model);
