using System.Buffers;
using System.Runtime.InteropServices;
using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>The prefixes of one prompt: their hashes, once as they were sent and once as they are cached, and their weights.</summary>
internal ref struct Prefixes
{
    private readonly UInt128[] _hashes;
    private readonly UInt128[] _cached;
    private readonly int[] _weights;
    private readonly int _count;

    public Prefixes(List<Segment> segments, in CacheParameters parameters, bool stripsThinking)
    {
        _count = segments.Count;
        _hashes = ArrayPool<UInt128>.Shared.Rent(_count);
        _cached = ArrayPool<UInt128>.Shared.Rent(_count);
        _weights = ArrayPool<int>.Shared.Rent(_count);
        FirstMessage = _count;
        var all = CollectionsMarshal.AsSpan(segments);
        StripsBefore = stripsThinking ? LastSaid(all) : 0;
        var (hash, cached, weight) = (UInt128.Zero, UInt128.Zero, 0L);
        for (var i = 0; i < all.Length; i++)
        {
            ref readonly var segment = ref all[i];
            FirstMessage = segment.Level == CacheLevel.Messages ? Math.Min(FirstMessage, i) : FirstMessage;
            hash = PrefixHash.Next(hash, segment);
            var isLeftOut = (IsThinking(segment) && i < StripsBefore) || (i < 64 && (parameters.WebToolPlaces & (1UL << i)) != 0);
            cached = isLeftOut ? cached : PrefixHash.Next(cached, segment);
            weight += isLeftOut ? 0 : SegmentMark.WeightOf(segment);
            (_hashes[i], _cached[i], _weights[i]) = (hash, cached, (int)Math.Min(weight, int.MaxValue));
        }

        Weight = weight;
    }

    /// <summary>Where messages begin; the number of segments where there are none.</summary>
    public int FirstMessage { get; }

    /// <summary>Thinking before this segment is left out by the provider.</summary>
    public int StripsBefore { get; }

    /// <summary>The weight of the whole prompt.</summary>
    public long Weight { get; }

    /// <summary>The hashes of the prefixes as they were sent.</summary>
    public readonly ReadOnlySpan<UInt128> Hashes => _hashes.AsSpan(0, _count);

    /// <summary>The hashes of the prefixes without what the provider leaves out or puts elsewhere.</summary>
    public readonly ReadOnlySpan<UInt128> Cached => _cached.AsSpan(0, _count);

    /// <summary>The weight up to a segment's end.</summary>
    public readonly int WeightAt(int index) => index < 0 ? 0 : _weights[index];

    /// <summary>The first segment of thinking that an earlier prompt had and this one has no longer, by the provider's doing; -1: none.</summary>
    public readonly int FirstStripped(List<Segment> segments, int from, int count)
    {
        for (var i = from; i < Math.Min(count, StripsBefore); i++)
        {
            if (IsThinking(segments[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public readonly void Dispose()
    {
        ArrayPool<UInt128>.Shared.Return(_hashes);
        ArrayPool<UInt128>.Shared.Return(_cached);
        ArrayPool<int>.Shared.Return(_weights);
    }

    private static bool IsThinking(in Segment segment) => segment.Kind is SegmentKind.Thinking or SegmentKind.RedactedThinking;

    // The last thing that a user said which is no tool's result.
    private static int LastSaid(ReadOnlySpan<Segment> segments)
    {
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            if (segments[i].Role == SegmentRole.User && segments[i].Kind != SegmentKind.ToolResult)
            {
                return i;
            }
        }

        return 0;
    }
}
