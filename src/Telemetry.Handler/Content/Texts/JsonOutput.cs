using System.Buffers;
using System.Text;

namespace Telemetry.Handler.Content.Texts;

/// <summary>
/// Writes compact JSON, of which the size of every text is known beforehand: only what must be escaped is, the rest is UTF-8.
/// </summary>
internal sealed class JsonOutput
{
    private const int UnitEscapeBytes = 6;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private bool _needsComma;

    /// <summary>The bytes so far.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>How many bytes a text takes, with its quotes.</summary>
    public static int SizeOf(string text)
    {
        var size = 2;
        foreach (var rune in text.EnumerateRunes())
        {
            size += SizeOf(rune);
        }

        return size;
    }

    /// <summary>How many characters of a text fit into so many bytes, quotes included. No character is cut in two.</summary>
    public static int Fit(string text, int maxBytes)
    {
        var (left, length) = (maxBytes - 2, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            left -= SizeOf(rune);
            if (left < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public override string ToString() => Encoding.UTF8.GetString(_bytes.WrittenSpan);

    public void BeginObject() => Begin((byte)'{');

    public void BeginArray() => Begin((byte)'[');

    public void EndObject() => End((byte)'}');

    public void EndArray() => End((byte)']');

    /// <summary>The name of the member that comes next.</summary>
    public void Name(string name)
    {
        Separate();
        Quote(name);
        Put((byte)':');
        _needsComma = false;
    }

    public void Text(string text)
    {
        Separate();
        Quote(text);
        _needsComma = true;
    }

    /// <summary>A value that is JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        _bytes.Write(json);
        _needsComma = true;
    }

    private static int SizeOf(Rune rune) => rune.Value switch
    {
        '"' or '\\' or '\n' or '\r' or '\t' => 2,
        < ' ' or 0x7F => UnitEscapeBytes,
        _ => rune.Utf8SequenceLength,
    };

    private void Begin(byte bracket)
    {
        Separate();
        Put(bracket);
        _needsComma = false;
    }

    private void End(byte bracket)
    {
        Put(bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            Put((byte)',');
        }
    }

    // Half a surrogate pair is enumerated as U+FFFD.
    private void Quote(string text)
    {
        Put((byte)'"');
        foreach (var rune in text.EnumerateRunes())
        {
            Quote(rune);
        }

        Put((byte)'"');
    }

    private void Quote(Rune rune)
    {
        switch (rune.Value)
        {
            case '"' or '\\':
                Put((byte)'\\');
                Put((byte)rune.Value);
                break;
            case '\n':
                _bytes.Write("\\n"u8);
                break;
            case '\r':
                _bytes.Write("\\r"u8);
                break;
            case '\t':
                _bytes.Write("\\t"u8);
                break;
            case < ' ' or 0x7F:
                _bytes.Write("\\u00"u8);
                Put(Digit(rune.Value >> 4));
                Put(Digit(rune.Value & 0xF));
                break;
            default:
                var span = _bytes.GetSpan(4);
                _bytes.Advance(rune.EncodeToUtf8(span));
                break;
        }
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    private void Put(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
