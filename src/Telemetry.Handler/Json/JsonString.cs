using System.Text;

namespace Telemetry.Handler.Json;

/// <summary>
/// The inside of one JSON string, whatever pieces it arrives in: how long it is unescaped, and its unescaped beginning where
/// that is wanted. Lenient: a wrong escape counts as one character, so that a string always ends at its closing quote.
/// </summary>
internal sealed class JsonString(int longestText = JsonString.LongestText)
{
    /// <summary>The longest beginning that is kept, unless less is asked for.</summary>
    public const int LongestText = 512;

    private const int ReplacementBytes = 3;
    private readonly byte[] _text = new byte[longestText];
    private int _length;
    private bool _keep;
    private IJsonSink? _parts;
    private Part _part;
    private int _unit;
    private int _digits;
    private int _high;

    private enum Part : byte
    {
        Plain,
        Escape,
        Unit,
    }

    private static ReadOnlySpan<byte> ReplacementCharacter => "\uFFFD"u8;

    /// <summary>The unescaped bytes so far.</summary>
    public long Size { get; private set; }

    /// <summary>The unescaped beginning, if it is kept.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Begins a new string.</summary>
    /// <param name="keep">Whether its beginning is wanted.</param>
    /// <param name="parts">Who wants all of it, part by part; null when nobody does.</param>
    public void Begin(bool keep, IJsonSink? parts = null)
    {
        _keep = keep;
        _parts = parts;
        _length = 0;
        _high = 0;
        _part = Part.Plain;
        Size = 0;
    }

    /// <summary>Takes bytes up to and including the closing quote.</summary>
    /// <param name="bytes">Bytes inside the string; what was taken is cut off the front.</param>
    /// <returns>Whether the closing quote was among them.</returns>
    public bool Feed(ref ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_part == Part.Plain)
            {
                var run = bytes.IndexOfAny((byte)'"', (byte)'\\');
                Append(run < 0 ? bytes : bytes[..run]);
                if (run < 0)
                {
                    bytes = [];
                    return false;
                }

                var closed = bytes[run] == (byte)'"';
                bytes = bytes[(run + 1)..];
                if (closed)
                {
                    ShowHalf();
                    return true;
                }

                _part = Part.Escape;
            }
            else if (_part == Part.Escape)
            {
                BeginEscape(bytes[0]);
                bytes = bytes[1..];
            }
            else if (TakeDigit(bytes[0]))
            {
                bytes = bytes[1..];
            }
        }

        return false;
    }

    private void BeginEscape(byte escape)
    {
        if (escape == (byte)'u')
        {
            (_part, _unit, _digits) = (Part.Unit, 0, 0);
            return;
        }

        _part = Part.Plain;
        Append([Unescape(escape)]);
    }

    private bool TakeDigit(byte digit)
    {
        if (!char.IsAsciiHexDigit((char)digit))
        {
            // Not four digits: one wrong character, and this byte is looked at again.
            _part = Part.Plain;
            AppendUnit(Rune.ReplacementChar.Value);
            return false;
        }

        var nibble = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        _unit = (_unit << 4) | nibble;
        if (++_digits == 4)
        {
            _part = Part.Plain;
            AppendUnit(_unit);
        }

        return true;
    }

    private void AppendUnit(int unit)
    {
        if (_high != 0 && char.IsLowSurrogate((char)unit))
        {
            // The high half went in as a replacement character of three bytes; the pair has four.
            Size -= ReplacementBytes;
            _length -= _keep ? Math.Min(ReplacementBytes, _length) : 0;
            var pair = new Rune((char)_high, (char)unit);
            _high = 0;
            AppendRune(pair);
            return;
        }

        if (!char.IsHighSurrogate((char)unit))
        {
            AppendRune(Rune.TryCreate((char)unit, out var rune) ? rune : Rune.ReplacementChar);
            return;
        }

        ShowHalf();
        _high = unit;
        Take(ReplacementCharacter);
    }

    // Parts that were handed on cannot be taken back: a high half waits for its other half.
    private void ShowHalf()
    {
        if (_high != 0)
        {
            _high = 0;
            _parts?.OnTextPart(ReplacementCharacter);
        }
    }

    private void AppendRune(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        Append(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        ShowHalf();
        _parts?.OnTextPart(bytes);
        Take(bytes);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        Size += bytes.Length;
        if (_keep)
        {
            var kept = bytes[..Math.Min(bytes.Length, _text.Length - _length)];
            kept.CopyTo(_text.AsSpan(_length));
            _length += kept.Length;
        }
    }

    /// <summary>What a character behind a backslash stands for, <c>u</c> excepted.</summary>
    public static byte Unescape(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };
}
