using System.Runtime.InteropServices;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Calls;

/// <summary>Makes paths; pieces that are known are used again. For one thread at a time.</summary>
/// <param name="capacity">Bytes of pieces that are known.</param>
internal sealed class PathBuilder(long capacity)
{
    /// <summary>Bytes of a segment in a path.</summary>
    public const int SegmentBytes = 16;

    private const int PieceBytes = (SegmentPath.PieceLength * SegmentBytes) + 100;

    private readonly TwoGenerations<UInt128, SegmentMark[]> _pieces = new(capacity);

    /// <summary>Makes the path of a prompt.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="prefixes">The hashes of all prefixes, the whole prompt's last.</param>
    /// <param name="ownBytes">What it takes that no other path shares.</param>
    public SegmentPath Build(List<Segment> segments, ReadOnlySpan<UInt128> prefixes, out int ownBytes)
    {
        ownBytes = 0;
        var all = CollectionsMarshal.AsSpan(segments);
        if (all.IsEmpty)
        {
            return SegmentPath.Empty;
        }

        var pieces = new SegmentMark[(all.Length + SegmentPath.PieceLength - 1) / SegmentPath.PieceLength][];
        ownBytes = pieces.Length * IntPtr.Size;
        for (var i = 0; i < pieces.Length; i++)
        {
            var start = i * SegmentPath.PieceLength;
            var length = Math.Min(SegmentPath.PieceLength, all.Length - start);
            var isWhole = length == SegmentPath.PieceLength;
            var last = prefixes[start + length - 1];
            if (isWhole && _pieces.TryGet(last, out var known))
            {
                pieces[i] = known;
                continue;
            }

            pieces[i] = new SegmentMark[length];
            for (var j = 0; j < length; j++)
            {
                pieces[i][j] = new SegmentMark(all[start + j]);
            }

            ownBytes += length * SegmentBytes;
            if (isWhole)
            {
                _pieces.Set(last, pieces[i], PieceBytes);
            }
        }

        return new SegmentPath(pieces, all.Length);
    }
}
