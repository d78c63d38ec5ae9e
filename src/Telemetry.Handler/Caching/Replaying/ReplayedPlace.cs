namespace Telemetry.Handler.Caching.Replaying;

/// <summary>A prefix that a request writes or reads.</summary>
/// <param name="Key">The key of its entry.</param>
/// <param name="Lifetime">How long it lives.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="IsExact">Whether usage told them.</param>
internal readonly record struct ReplayedPlace(UInt128 Key, TimeSpan Lifetime, int Tokens, bool IsExact);
