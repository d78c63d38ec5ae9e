using System.Buffers;
using System.Text;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>
/// What a segment says, whatever its spelling in JSON: strings without escapes, values without white space between tokens.
/// A buffer that is used again for every segment; its memory is as large as the largest.
/// </summary>
internal sealed class CanonicalText : IDisposable
{
    private const int UsualLength = 4096;
    private const int EscapeLength = 6;
    private const int Replacement = 0xFFFD;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(UsualLength);

    /// <summary>The number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets the bytes.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends bytes as they are.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Appends what a JSON string says.</summary>
    /// <param name="inside">The string without its quotes; its escapes are known to be well-formed.</param>
    public void AppendString(ReadOnlySpan<byte> inside)
    {
        Reserve(inside.Length);
        while (!inside.IsEmpty)
        {
            var plain = inside.IndexOf((byte)'\\');
            if (plain < 0)
            {
                Append(inside);
                return;
            }

            Append(inside[..plain]);
            inside = inside[plain..];
            inside = inside[AppendEscape(inside, asText: true)..];
        }
    }

    /// <summary>Appends a JSON value without the white space between its tokens; characters are not escaped where they need not be.</summary>
    /// <param name="json">The value; known to be well-formed.</param>
    public void AppendCompact(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        while (!json.IsEmpty)
        {
            var quote = json.IndexOf((byte)'"');
            AppendWithoutSpace(quote < 0 ? json : json[..quote]);
            if (quote < 0)
            {
                return;
            }

            json = json[quote..];
            json = json[AppendQuoted(json)..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void AppendWithoutSpace(ReadOnlySpan<byte> json)
    {
        foreach (var value in json)
        {
            if (value > ' ')
            {
                _bytes[Length++] = value;
            }
        }
    }

    // Returns the length of the string with both its quotes.
    private int AppendQuoted(ReadOnlySpan<byte> json)
    {
        _bytes[Length++] = (byte)'"';
        var at = 1;
        while (at < json.Length)
        {
            var run = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            run = run < 0 ? json.Length - at : run;
            Append(json.Slice(at, run));
            at += run;
            if (at >= json.Length || json[at] == '"')
            {
                break;
            }

            at += AppendEscape(json[at..], asText: false);
        }

        Reserve(1);
        _bytes[Length++] = (byte)'"';
        return Math.Min(at + 1, json.Length);
    }

    // Returns the length of the escape, that of its partner included.
    private int AppendEscape(ReadOnlySpan<byte> json, bool asText)
    {
        if (json.Length < 2)
        {
            return json.Length;
        }

        if (json[1] != 'u')
        {
            AppendLetter(json[1], asText);
            return 2;
        }

        var (unit, length) = (Hex(json), EscapeLength);
        if (char.IsHighSurrogate((char)unit) && Hex(json[Math.Min(EscapeLength, json.Length)..]) is var low && char.IsLowSurrogate((char)low))
        {
            unit = char.ConvertToUtf32((char)unit, (char)low);
            length = 2 * EscapeLength;
        }

        AppendCodePoint(unit, asText);
        return Math.Min(length, json.Length);
    }

    private void AppendLetter(byte letter, bool asText)
    {
        Reserve(2);
        if (!asText && letter != '/')
        {
            _bytes[Length++] = (byte)'\\';
            _bytes[Length++] = letter;
            return;
        }

        _bytes[Length++] = letter switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => letter,
        };
    }

    private void AppendCodePoint(int codePoint, bool asText)
    {
        if (!asText && codePoint is < ' ' or '"' or '\\')
        {
            AppendControl(codePoint);
            return;
        }

        Reserve(EscapeLength);
        var rune = Rune.IsValid(codePoint) ? new Rune(codePoint) : new Rune(Replacement);
        Length += rune.EncodeToUtf8(_bytes.AsSpan(Length));
    }

    // Within JSON these stay escaped, each in its shortest spelling.
    private void AppendControl(int codePoint)
    {
        ReadOnlySpan<byte> letters = "btnvfr"u8;
        if (codePoint is >= '\b' and <= '\r' and not '\v')
        {
            Append([(byte)'\\', letters[codePoint - '\b']]);
        }
        else if (codePoint >= ' ')
        {
            Append([(byte)'\\', (byte)codePoint]);
        }
        else
        {
            ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
            Append([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', digits[codePoint >> 4], digits[codePoint & 0xF]]);
        }
    }

    private static int Hex(ReadOnlySpan<byte> escape)
    {
        if (escape.Length < EscapeLength || escape[0] != '\\' || escape[1] != 'u')
        {
            return Replacement;
        }

        var unit = 0;
        for (var i = 2; i < EscapeLength; i++)
        {
            unit = (unit << 4) | (escape[i] | 0x20) switch
            {
                >= 'a' and <= 'f' and var letter => letter - 'a' + 10,
                var digit => digit & 0xF,
            };
        }

        return unit;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, 2 * _bytes.Length));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
