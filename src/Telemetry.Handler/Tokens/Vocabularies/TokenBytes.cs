using System.Runtime.CompilerServices;

namespace Telemetry.Handler.Tokens.Vocabularies;

/// <summary>The bytes of every token, one after the other.</summary>
internal sealed class TokenBytes
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TokenBytes(VocabularyFile file)
    {
        var (left, right) = (file.Left, file.Right);
        _starts = new int[file.Count + 1];
        var lengths = new int[file.Count];

        // A part is older than what it is merged into, so its length is known by then.
        for (var index = 0; index < lengths.Length; index++)
        {
            lengths[index] = left[index] < 0 ? 1 : lengths[left[index]] + lengths[right[index]];
            _starts[index + 1] = _starts[index] + lengths[index];
            Longest = Math.Max(Longest, lengths[index]);
        }

        _bytes = new byte[_starts[^1]];
        for (var value = 0; value < VocabularyFile.SingleBytes; value++)
        {
            _bytes[_starts[file.Singles[value]]] = (byte)value;
        }

        for (var index = 0; index < lengths.Length; index++)
        {
            if (left[index] >= 0)
            {
                var target = _bytes.AsSpan(_starts[index], lengths[index]);
                this[left[index]].CopyTo(target);
                this[right[index]].CopyTo(target[lengths[left[index]]..]);
            }
        }
    }

    /// <summary>The length of the longest token, in bytes.</summary>
    public int Longest { get; }

    /// <summary>The number of tokens.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The bytes of a token.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);

    /// <summary>The number of bytes of a token.</summary>
    public int LengthOf(int index) => _starts[index + 1] - _starts[index];
}
