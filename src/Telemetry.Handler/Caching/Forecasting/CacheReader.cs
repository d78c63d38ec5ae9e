using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>Looks entries up as the provider does: from each breakpoint back over a bounded number of positions, the deepest first.</summary>
internal static class CacheReader
{
    /// <summary>The keys of a prompt's prefixes, by the number of their last segment.</summary>
    internal interface IKeys
    {
        /// <summary>The key of the entry that ends with a segment; asked for from the last to the first.</summary>
        UInt128 this[int index] { get; }
    }

    /// <summary>Looks up.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="keys">The keys of the request.</param>
    /// <param name="prefixes">The prefixes.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="marks">The breakpoints, in order.</param>
    /// <param name="now">The start of the request.</param>
    public static Lookup Find(
        EntryBook entries, in LevelKeys keys, ReadOnlySpan<UInt128> prefixes, List<Segment> segments, ReadOnlySpan<Mark> marks, CacheMoment now)
    {
        var all = new SegmentKeys(keys, prefixes, segments);
        return Find(entries, ref all, prefixes.Length, marks, now);
    }

    /// <summary>Looks up by keys of any origin.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="count">How many segments there are.</param>
    /// <param name="marks">The breakpoints, in order.</param>
    /// <param name="now">The start of the request.</param>
    public static Lookup Find<TKeys>(EntryBook entries, ref TKeys keys, int count, ReadOnlySpan<Mark> marks, CacheMoment now)
        where TKeys : struct, IKeys, allows ref struct
    {
        Lookup.Missed? missing = null;
        var looked = count;
        for (var i = marks.Length - 1; i >= 0; i--)
        {
            var from = Math.Min(marks[i].Index, looked - 1);
            var until = Math.Max(0, marks[i].Index - CacheRules.Lookback + 1);
            for (looked = Math.Min(looked, from + 1); looked > until; looked--)
            {
                var index = looked - 1;
                var key = keys[index];
                if (entries.Find(key) is not { } entry)
                {
                    continue;
                }

                if (entry.IsReadable(now))
                {
                    return Of(index, key, entry) with { Missing = missing };
                }

                missing ??= MissedOf(index, key, entry, now);
            }
        }

        return new Lookup { Hit = -1, Missing = missing };
    }

    /// <summary>The tokens of entries before a hit, which a reader can fall back to.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="keys">The keys of the request.</param>
    /// <param name="prefixes">The prefixes.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="marks">The breakpoints, in order.</param>
    /// <param name="hit">The hit.</param>
    public static int[] FindOthers(
        EntryBook entries, in LevelKeys keys, ReadOnlySpan<UInt128> prefixes, List<Segment> segments, ReadOnlySpan<Mark> marks, int hit)
    {
        Span<int> found = stackalloc int[Marks.Most * CacheRules.Lookback];
        var (count, looked) = (0, hit);
        for (var i = marks.Length - 1; i >= 0; i--)
        {
            var until = Math.Max(0, marks[i].Index - CacheRules.Lookback + 1);
            for (looked = Math.Min(looked, marks[i].Index + 1); looked > until; looked--)
            {
                var index = looked - 1;
                if (entries.Find(keys.Of(prefixes[index], segments[index].Level)) is { State: EntryState.Confirmed } entry && count < found.Length)
                {
                    found[count++] = entry.Tokens;
                }
            }
        }

        return count == 0 ? [] : found[..count].ToArray();
    }

    private static Lookup Of(int index, UInt128 key, CacheEntry entry) => new()
    {
        Hit = index,
        Key = key,
        Tokens = entry.Tokens,
        IsExact = entry.IsExact,
        State = entry.State,
        Call = entry.Call,
    };

    // Of entries that were never confirmed nobody knows whether they ever were there.
    private static Lookup.Missed? MissedOf(int index, UInt128 key, CacheEntry entry, CacheMoment now) =>
        entry.IsPending(now) ? new Lookup.Missed(index, key, entry.Tokens, IsExact: false, CacheBreakReason.ConcurrentFirstWrite, entry.Call, now.AgeOf(entry.Used))
        : entry.State != EntryState.Confirmed ? null
        : new Lookup.Missed(
            index,
            key,
            entry.Tokens,
            entry.IsExact,
            entry.Lifetime > TimeSpan.FromMinutes(5) ? CacheBreakReason.TtlExpired1h : CacheBreakReason.TtlExpired5m,
            entry.Call,
            now.AgeOf(entry.Used));

    private readonly ref struct SegmentKeys(in LevelKeys keys, ReadOnlySpan<UInt128> prefixes, List<Segment> segments) : IKeys
    {
        private readonly LevelKeys _keys = keys;
        private readonly ReadOnlySpan<UInt128> _prefixes = prefixes;

        public UInt128 this[int index] => _keys.Of(_prefixes[index], segments[index].Level);
    }
}
