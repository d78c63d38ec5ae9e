using Telemetry.Handler.Json;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Documents;

/// <summary>
/// Reads the events that most of a stream consists of without parsing them: their bytes are compared with the form in which the
/// API writes them. Any other form is left to the reader of documents, and gives the same result there.
/// </summary>
internal static class QuickDelta
{
    private static ReadOnlySpan<byte> Head => "{\"type\":\"content_block_delta\",\"index\":"u8;

    private static ReadOnlySpan<byte> Middle => ",\"delta\":{\"type\":\""u8;

    /// <summary>Reads a whole document.</summary>
    /// <param name="json">The document.</param>
    /// <param name="kind">What kind of output it brings.</param>
    /// <param name="size">The bytes of that output, unescaped, in UTF-8.</param>
    /// <param name="text">That output as it is written; every escape in it is of two bytes.</param>
    /// <returns>Whether it is a plain delta of text, thinking or tool input.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out Field kind, out long size, out ReadOnlySpan<byte> text)
    {
        kind = Field.None;
        size = 0;
        text = [];
        if (!json.StartsWith(Head))
        {
            return false;
        }

        json = json[Head.Length..];
        var digits = json.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > 9 || !json[digits..].StartsWith(Middle))
        {
            return false;
        }

        json = json[(digits + Middle.Length)..];
        kind = KindOf(ref json);
        return kind != Field.None && TryMeasure(ref json, out size, out text) && IsEnd(json);
    }

    /// <summary>Shows the output of a plain delta, unescaped.</summary>
    /// <param name="kind">What kind of output it is.</param>
    /// <param name="text">The output as it is written.</param>
    /// <param name="output">Is shown it.</param>
    public static void Show(Field kind, ReadOnlySpan<byte> text, IOutputSink output)
    {
        while (true)
        {
            var run = text.IndexOf((byte)'\\');
            if (run < 0)
            {
                output.OnText(kind, text);
                return;
            }

            output.OnText(kind, text[..run]);
            output.OnText(kind, [JsonString.Unescape(text[run + 1])]);
            text = text[(run + 2)..];
        }
    }

    private static Field KindOf(ref ReadOnlySpan<byte> json)
    {
        if (Skip(ref json, "text_delta\",\"text\":\""u8))
        {
            return Field.TextSize;
        }

        if (Skip(ref json, "input_json_delta\",\"partial_json\":\""u8))
        {
            return Field.ToolInputSize;
        }

        return Skip(ref json, "thinking_delta\",\"thinking\":\""u8) ? Field.ThinkingSize : Field.None;
    }

    private static bool Skip(ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> expected)
    {
        if (!json.StartsWith(expected))
        {
            return false;
        }

        json = json[expected.Length..];
        return true;
    }

    private static bool TryMeasure(scoped ref ReadOnlySpan<byte> json, out long size, out ReadOnlySpan<byte> text)
    {
        size = 0;
        text = [];
        var all = json;
        while (true)
        {
            var run = json.IndexOfAny((byte)'"', (byte)'\\');
            if (run < 0)
            {
                return false;
            }

            size += run;
            if (json[run] == (byte)'"')
            {
                json = json[(run + 1)..];
                text = all[..(all.Length - json.Length - 1)];
                return true;
            }

            if (run + 1 == json.Length || json[run + 1] == (byte)'u')
            {
                return false;
            }

            size++;
            json = json[(run + 2)..];
        }
    }

    /// <summary>Two closing braces, with the padding that the API puts between and behind them.</summary>
    private static bool IsEnd(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != (byte)'}')
        {
            return false;
        }

        json = json[1..].Trim((byte)' ');
        return json.Length == 1 && json[0] == (byte)'}';
    }
}
