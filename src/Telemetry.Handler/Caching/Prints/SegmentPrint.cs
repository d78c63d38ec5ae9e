namespace Telemetry.Handler.Caching.Prints;

/// <summary>
/// Hashes of a segment's text, piece by piece, by which the place of a change is told without the text. Pieces are small where
/// changes mostly are, at the beginning: 16 bytes to 4 KiB, 128 bytes to 32 KiB, 2 KiB to 512 KiB, 32 KiB beyond.
/// </summary>
/// <param name="Length">Bytes of the text.</param>
/// <param name="Pieces">Sixteen bits of a keyed hash for each piece.</param>
/// <param name="Tool">A tool's name and members; null where it is none.</param>
internal sealed record SegmentPrint(int Length, ushort[] Pieces, ToolPrint? Tool)
{
    private const int KiB = 1024;

    /// <summary>The beginning of the text; null where texts are not kept.</summary>
    public byte[]? Text { get; init; }

    /// <summary>What it takes in memory, by estimate.</summary>
    public int Bytes => 180 + (Pieces.Length * sizeof(ushort)) + (Tool is null ? 0 : 100) + (Text?.Length ?? 0);

    /// <summary>The length of the piece that begins at an offset.</summary>
    public static int PieceAt(int offset) => offset switch
    {
        < 4 * KiB => 16,
        < 32 * KiB => 128,
        < 512 * KiB => 2 * KiB,
        _ => 32 * KiB,
    };

    /// <summary>Where both texts begin to differ: the beginning of the first piece that does, or the byte where texts are kept; null where all pieces are the same.</summary>
    public int? DifferenceTo(SegmentPrint other)
    {
        if (Text is { } text && other.Text is { } before && text.AsSpan().CommonPrefixLength(before) is var common && common < Math.Min(text.Length, before.Length))
        {
            return common;
        }

        var offset = 0;
        for (var i = 0; i < Math.Min(Pieces.Length, other.Pieces.Length); i++)
        {
            if (Pieces[i] != other.Pieces[i])
            {
                return offset;
            }

            offset += PieceAt(offset);
        }

        return Length == other.Length ? null : Math.Min(offset, Math.Min(Length, other.Length));
    }
}
