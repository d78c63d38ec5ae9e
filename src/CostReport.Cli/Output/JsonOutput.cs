using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Output;

/// <summary>Writes rows as JSON: an object with one list, a row an object.</summary>
internal static class JsonOutput
{
    /// <summary>Escapes what JSON must escape and no more: a plus stays a plus. The text is never put into a page.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int FlushAt = 16 * 1024;

    /// <summary>Writes the rows.</summary>
    public static void Write(Stream stream, Dataset data)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteStartArray(data.Name);
        foreach (var row in data.Rows)
        {
            Write(json, data.Columns, row);
            FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes the rows as JSON lines: each row an object on a line of its own.</summary>
    public static void Lines(Stream stream, Dataset data)
    {
        var lines = new ArrayBufferWriter<byte>(2 * FlushAt);
        using var json = new Utf8JsonWriter(lines, Options);
        foreach (var row in data.Rows)
        {
            Write(json, data.Columns, row);
            json.Flush();
            json.Reset();
            lines.Write("\n"u8);
            if (lines.WrittenCount >= FlushAt)
            {
                stream.Write(lines.WrittenSpan);
                lines.ResetWrittenCount();
            }
        }

        stream.Write(lines.WrittenSpan);
    }

    /// <summary>Passes on what has been written, so that a long list needs no memory.</summary>
    public static void FlushIfFull(Utf8JsonWriter json)
    {
        if (json.BytesPending >= FlushAt)
        {
            json.Flush();
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> columns, IReadOnlyList<Field> row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Count; i++)
        {
            json.WritePropertyName(columns[i]);
            Write(json, row[i]);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Field field)
    {
        switch (field)
        {
            case { Text: null }:
                json.WriteNullValue();
                break;
            case { Kind: FieldKind.Number or FieldKind.Truth or FieldKind.Json }:
                json.WriteRawValue(field.Text);
                break;
            default:
                json.WriteStringValue(field.Text);
                break;
        }
    }
}
