using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Model;

/// <summary>A breakpoint.</summary>
/// <param name="Index">The segment that it stands on, among all.</param>
/// <param name="Lifetime">How long its entry lives.</param>
internal readonly record struct Mark(int Index, CacheLifetime Lifetime);
