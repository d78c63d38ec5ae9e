using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Telemetry.Handler.Tokens;

/// <summary>
/// The token counts of short pieces of text, exactly: the whole piece is the key. A table with one place for each hash; a later
/// piece takes the place of an earlier one. For one thread at a time.
/// </summary>
internal sealed class PieceCache
{
    /// <summary>The longest piece that is kept, in bytes.</summary>
    public const int LongestPiece = 15;

    private const int Slots = 1 << 15;
    private const ulong FirstMultiplier = 0x9E37_79B9_7F4A_7C15;
    private const ulong SecondMultiplier = 0xD6E8_FEB8_6659_FD93;
    private const int SlotShift = 64 - 15;

    // A key is a piece's bytes, zeros, and its length in the last byte; no piece has length zero, so an empty place equals none.
    private readonly Vector128<byte>[] _keys = new Vector128<byte>[Slots];
    private readonly byte[] _counts = new byte[Slots];

    private static ReadOnlySpan<byte> Ones =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The key of a piece.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="length">Its length; at most <see cref="LongestPiece"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> KeyOf(ReadOnlySpan<byte> text, int start, int length)
    {
        if (text.Length - start >= Vector128<byte>.Count)
        {
            var mask = Vector128.Create(Ones.Slice(Vector128<byte>.Count - length, Vector128<byte>.Count));
            return (Vector128.Create(text.Slice(start, Vector128<byte>.Count)) & mask).WithElement(LongestPiece, (byte)length);
        }

        Span<byte> padded = stackalloc byte[Vector128<byte>.Count];
        padded.Clear();
        text.Slice(start, length).CopyTo(padded);
        padded[LongestPiece] = (byte)length;
        return Vector128.Create((ReadOnlySpan<byte>)padded);
    }

    /// <summary>Finds a piece.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="slot">Its place.</param>
    /// <returns>Its count; zero when it is not known.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Vector128<byte> key, out int slot)
    {
        var halves = key.AsUInt64();
        slot = (int)(((halves.GetElement(0) * FirstMultiplier) ^ (halves.GetElement(1) * SecondMultiplier)) * FirstMultiplier >> SlotShift);
        return _keys[slot] == key ? _counts[slot] : 0;
    }

    /// <summary>Keeps a piece.</summary>
    public void Keep(Vector128<byte> key, int slot, int count)
    {
        _keys[slot] = key;
        _counts[slot] = (byte)count;
    }
}
