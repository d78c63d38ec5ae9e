using System.Buffers.Text;

namespace Telemetry.Handler.Media;

/// <summary>The bytes of a base64 text, decoded only where they are asked for. The text has no white space, as in the API.</summary>
internal readonly ref struct Base64Bytes
{
    private const int Characters = 4;
    private const int Bytes = 3;

    private readonly ReadOnlySpan<byte> _text;

    public Base64Bytes(ReadOnlySpan<byte> text)
    {
        _text = text;
        Length = LengthOf(text);
    }

    /// <summary>The number of bytes.</summary>
    public int Length { get; }

    /// <summary>Decodes a few bytes.</summary>
    /// <param name="at">Where they begin.</param>
    /// <param name="target">Takes them.</param>
    /// <returns>Whether they are all there and the text is base64.</returns>
    public bool TryRead(int at, Span<byte> target)
    {
        if (at < 0 || at > Length - target.Length)
        {
            return false;
        }

        Span<byte> group = stackalloc byte[Bytes];
        for (var done = 0; done < target.Length;)
        {
            var place = at + done;
            var start = place / Bytes * Characters;
            var status = Base64.DecodeFromUtf8(
                _text.Slice(start, Math.Min(Characters, _text.Length - start)), group, out _, out var decoded);
            if (status != System.Buffers.OperationStatus.Done || decoded <= place % Bytes)
            {
                return false;
            }

            var some = group[(place % Bytes)..decoded];
            some = some[..Math.Min(some.Length, target.Length - done)];
            some.CopyTo(target[done..]);
            done += some.Length;
        }

        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        var whole = text.Length / Characters * Bytes;
        return text.EndsWith("=="u8) ? whole - 2 : text.EndsWith("="u8) ? whole - 1 : whole;
    }
}
