namespace Telemetry.Handler.Caching.Calls;

/// <summary>The segments of an earlier prompt, in pieces that prompts with the same beginning share.</summary>
internal sealed class SegmentPath(SegmentMark[][] pieces, int count)
{
    /// <summary>The segments in a whole piece.</summary>
    public const int PieceLength = 16;

    public static SegmentPath Empty { get; } = new([], 0);

    /// <summary>How many segments there are.</summary>
    public int Count => count;

    /// <summary>A segment.</summary>
    public ref readonly SegmentMark this[int index] => ref pieces[index / PieceLength][index % PieceLength];

    /// <summary>How many segments at the beginning are the same. Shared pieces are not looked into.</summary>
    public int CommonWith(SegmentPath other)
    {
        var shorter = Math.Min(count, other.Count);
        var at = 0;
        while (at < shorter && ReferenceEquals(pieces[at / PieceLength], other.PieceOf(at)))
        {
            at += PieceLength;
        }

        at = Math.Min(at, shorter);
        while (at < shorter && this[at].Hash == other[at].Hash && this[at].Level == other[at].Level)
        {
            at++;
        }

        return at;
    }

    private SegmentMark[] PieceOf(int index) => pieces[index / PieceLength];
}
