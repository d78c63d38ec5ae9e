using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Tokens.Vocabularies;

/// <summary>
/// An embedded vocabulary: the ids of the 256 single bytes, and for every other id the two ids it is merged from. That is the
/// whole of a byte-pair encoding; the bytes of a token follow from its parts. <c>eng/tokens</c> makes these files.
/// </summary>
internal sealed class VocabularyFile
{
    /// <summary>The bytes of which a vocabulary begins with one token each.</summary>
    public const int SingleBytes = 256;

    private const int HeadLength = 12;
    private const int Planes = 6;

    private VocabularyFile(int firstId, int[] singles, int[] left, int[] right)
    {
        FirstId = firstId;
        Singles = singles;
        Left = left;
        Right = right;
    }

    /// <summary>The lowest id. A token's index is its id less this.</summary>
    public int FirstId { get; }

    /// <summary>The number of tokens.</summary>
    public int Count => Left.Length;

    /// <summary>The index of each single byte.</summary>
    public int[] Singles { get; }

    /// <summary>By index: the index of the left part; -1 for single bytes.</summary>
    public int[] Left { get; }

    /// <summary>By index: the index of the right part; -1 for single bytes.</summary>
    public int[] Right { get; }

    /// <summary>Reads an embedded file.</summary>
    /// <param name="name">The vocabulary's name.</param>
    public static VocabularyFile Read(string name)
    {
        using var packed = typeof(VocabularyFile).Assembly.GetManifestResourceStream($"{name}.bpe")
            ?? throw new InvalidOperationException($"The vocabulary {name} is not embedded.");
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        Span<byte> head = stackalloc byte[HeadLength + (SingleBytes * sizeof(int))];
        unpacked.ReadExactly(head);
        var firstId = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        var singles = new int[SingleBytes];
        for (var value = 0; value < SingleBytes; value++)
        {
            singles[value] = BinaryPrimitives.ReadInt32LittleEndian(head[(HeadLength + (sizeof(int) * value))..]) - firstId;
        }

        var merged = new byte[(count - SingleBytes) * Planes];
        unpacked.ReadExactly(merged);
        var (left, right) = Spread(merged, singles, firstId, count);
        return new VocabularyFile(firstId, singles, left, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int[] Left, int[] Right) Spread(byte[] merged, int[] singles, int firstId, int count)
    {
        var left = new int[count];
        var right = new int[count];
        foreach (var single in singles)
        {
            left[single] = right[single] = -1;
        }

        var each = merged.Length / Planes;
        ReadOnlySpan<byte> leftLow = merged.AsSpan(0, each), leftMiddle = merged.AsSpan(each, each), leftHigh = merged.AsSpan(2 * each, each);
        ReadOnlySpan<byte> rightLow = merged.AsSpan(3 * each, each), rightMiddle = merged.AsSpan(4 * each, each), rightHigh = merged.AsSpan(5 * each, each);
        for (int index = 0, at = 0; index < count; index++)
        {
            if (left[index] >= 0)
            {
                left[index] = (leftLow[at] | (leftMiddle[at] << 8) | (leftHigh[at] << 16)) - firstId;
                right[index] = (rightLow[at] | (rightMiddle[at] << 8) | (rightHigh[at] << 16)) - firstId;
                at++;
            }
        }

        return (left, right);
    }
}
