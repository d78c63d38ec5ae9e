using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>What was known, when a call started, of an entry that its previous call had marked.</summary>
/// <param name="Index">The segment of the previous call.</param>
/// <param name="Lifetime">How long it lives.</param>
/// <param name="Tokens">The tokens of the prefix.</param>
/// <param name="IsExact">Whether usage told them.</param>
/// <param name="Age">The time since its last use by the steady clock.</param>
/// <param name="LongestAge">The greater of the times by both clocks.</param>
/// <param name="State">What was known of it.</param>
internal readonly record struct EarlierPlace(
    int Index, TimeSpan Lifetime, int Tokens, bool IsExact, TimeSpan Age, TimeSpan LongestAge, EntryState State)
{
    // A request reaches the provider some time after its start here: an age within this of the lifetime can be either.
    private static readonly TimeSpan Edge = TimeSpan.FromSeconds(1);

    /// <summary>Whether it has expired by the steady clock.</summary>
    public bool IsExpired => Age >= Lifetime - Edge;

    /// <summary>Whether it may have expired by either clock.</summary>
    public bool MayBeExpired => LongestAge >= Lifetime - Edge;

    /// <summary>What is known of an entry that a call had marked.</summary>
    public static EarlierPlace Of(in MarkedPlace place, CacheEntry? entry, CacheMoment usedAtLeast, CacheMoment now)
    {
        var used = entry is null || entry.State == EntryState.Pending ? usedAtLeast : CacheMoment.Later(usedAtLeast, entry.Used);
        var lifetime = entry?.Lifetime ?? MarkedPlace.Of(place.Lifetime);
        return new EarlierPlace(
            place.Index, lifetime, place.Tokens, place.IsExact, now.AgeOf(used), now.LongestAgeOf(used), entry?.State ?? EntryState.Confirmed);
    }

    /// <summary>The lifetime's reason.</summary>
    public CacheBreakReason Expiry => Lifetime > TimeSpan.FromMinutes(5) ? CacheBreakReason.TtlExpired1h : CacheBreakReason.TtlExpired5m;
}
