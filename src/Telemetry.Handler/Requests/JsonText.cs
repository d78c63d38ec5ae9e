using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Telemetry.Handler.Requests;

/// <summary>
/// Reads names and ids from JSON without an exception: <see cref="Utf8JsonReader"/> refuses lone surrogates and invalid UTF-8,
/// which real requests hold. Here they become U+FFFD.
/// </summary>
internal static class JsonText
{
    /// <summary>The longest text that is taken, in bytes as it stands in the JSON.</summary>
    public const int MaxBytes = 4_096;

    private const int MaxNameBytes = 64;
    private const int EscapeBytes = 6;
    private const char Unknown = '\uFFFD';

    /// <summary>Whether the reader's string or property name is <paramref name="name"/>.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.SequenceEqual(name);
        }

        if (reader.ValueSpan.Length > MaxNameBytes * 6)
        {
            return false;
        }

        Span<char> text = stackalloc char[MaxNameBytes * 6];
        var written = Unescape(reader.ValueSpan, text);
        Span<byte> bytes = stackalloc byte[MaxNameBytes * 6 * 3];
        return bytes[..Encoding.UTF8.GetBytes(text[..written], bytes)].SequenceEqual(name);
    }

    /// <summary>The reader's string.</summary>
    /// <param name="reader">A reader on a string.</param>
    /// <returns>The text; null when it is longer than <see cref="MaxBytes"/>.</returns>
    public static string? Read(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (bytes.Length > MaxBytes)
        {
            return null;
        }

        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        var text = new string(buffer, 0, Unescape(bytes, buffer));
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    /// <summary>The beginning of the reader's string, however long that is.</summary>
    /// <param name="reader">A reader on a string.</param>
    /// <param name="maxBytes">How much of it is taken, in bytes as it stands in the JSON.</param>
    /// <returns>The text; all of it where it is no longer.</returns>
    public static string Beginning(ref Utf8JsonReader reader, int maxBytes)
    {
        var bytes = reader.ValueSpan;
        if (bytes.Length > maxBytes)
        {
            // No escape is cut in two.
            bytes = bytes[..Math.Max(0, maxBytes)];
            var tail = bytes[^Math.Min(EscapeBytes, bytes.Length)..].IndexOf((byte)'\\');
            bytes = tail < 0 ? bytes : bytes[..(bytes.Length - Math.Min(EscapeBytes, bytes.Length) + tail)];
        }

        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        var text = new string(buffer, 0, Unescape(bytes, buffer));
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        return text;
    }

    // The tokenizer has checked the escapes' form, so that a backslash is followed by one of its letters or by u and four digits.
    private static int Unescape(ReadOnlySpan<byte> json, Span<char> text)
    {
        var written = 0;
        while (!json.IsEmpty)
        {
            var plain = json.IndexOf((byte)'\\');
            plain = plain < 0 ? json.Length : plain;
            written += Encoding.UTF8.GetChars(json[..plain], text[written..]);
            json = json[plain..];
            if (json.Length < 2)
            {
                break;
            }

            var isHex = json[1] == (byte)'u' && json.Length >= 6;
            text[written++] = isHex ? Hex(json[2..6]) : Letter(json[1]);
            json = json[(isHex ? 6 : 2)..];
        }

        ReplaceLoneSurrogates(text[..written]);
        return written;
    }

    private static char Hex(ReadOnlySpan<byte> digits) =>
        ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : Unknown;

    private static char Letter(byte letter) => letter switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)letter,
    };

    private static void ReplaceLoneSurrogates(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else
            {
                text[i] = Unknown;
            }
        }
    }
}
