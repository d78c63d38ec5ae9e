using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Calls;

/// <summary>A breakpoint of a call, and the entry that it writes or reads.</summary>
/// <param name="Index">The segment, among all.</param>
/// <param name="Lifetime">How long the entry lives.</param>
/// <param name="Prefix">The hash of the prefix as it is cached.</param>
/// <param name="Key">The entry's key.</param>
/// <param name="Tokens">The tokens of the prefix.</param>
/// <param name="IsExact">Whether usage told them.</param>
internal readonly record struct MarkedPlace(int Index, CacheLifetime Lifetime, UInt128 Prefix, UInt128 Key, int Tokens, bool IsExact)
{
    /// <summary>The lifetime as time.</summary>
    public TimeSpan LivesFor => Of(Lifetime);

    /// <summary>A lifetime as time.</summary>
    public static TimeSpan Of(CacheLifetime lifetime) => lifetime == CacheLifetime.OneHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
}
