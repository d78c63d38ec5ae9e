using System.Buffers;
using System.Text;
using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Output;

namespace CostReport.Cli.Exporting;

/// <summary>Lists and objects in one field.</summary>
internal static class JsonField
{
    /// <summary>An object of texts.</summary>
    public static Field Of(IReadOnlyDictionary<string, string> values) => values.Count == 0 ? new Field("{}", FieldKind.Json) : Write(json =>
    {
        json.WriteStartObject();
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    });

    /// <summary>A list of texts.</summary>
    public static Field Of(IReadOnlyList<string> values) => values.Count == 0 ? new Field("[]", FieldKind.Json) : Write(json =>
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    });

    /// <summary>What of an answer came when: a list of objects.</summary>
    public static Field Of(IReadOnlyList<AnswerPart> parts) => parts.Count == 0 ? new Field("[]", FieldKind.Json) : Write(json => PartsJson.Write(json, parts));

    private static Field Write(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, JsonOutput.Options);
        write(json);
        json.Flush();
        return new Field(Encoding.UTF8.GetString(text.WrittenSpan), FieldKind.Json);
    }
}
