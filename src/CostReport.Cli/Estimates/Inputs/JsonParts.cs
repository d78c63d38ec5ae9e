using System.Globalization;
using System.Text.Json;
using CostReport.Cli.Arguments;
using Telemetry.Handler.Requests;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>Takes JSON apart one level at a time, by reference: a document of many megabytes is never copied.</summary>
internal static class JsonParts
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>The members of a whole document, which must be one object.</summary>
    /// <exception cref="UserError">It is no JSON, or no object.</exception>
    public static List<JsonPart> OfDocument(ReadOnlyMemory<byte> document)
    {
        try
        {
            return Parts(document, JsonTokenType.StartObject)
                ?? throw UserError.Usage("is JSON, but no object: give a request's body, a HAR file or a batch; a list is taken apart by: jq -c '.[]' FILE | costreport estimate --jsonl -");
        }
        catch (JsonException error)
        {
            var line = error.LineNumber > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}, ") : "";
            throw UserError.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"is not JSON, or not to its end ({line}byte {error.BytePositionInLine + 1}): give the whole body of a Messages request"));
        }
    }

    /// <summary>The members of an object within a document that was read before.</summary>
    public static List<JsonPart> Members(JsonPart part) => Parts(part.Text, JsonTokenType.StartObject) ?? [];

    /// <summary>The elements of a list within a document that was read before.</summary>
    public static List<JsonPart> Elements(JsonPart part) => Parts(part.Text, JsonTokenType.StartArray) ?? [];

    /// <summary>The last member of a name, which is the one that counts; null where there is none.</summary>
    public static JsonPart? Find(List<JsonPart> members, string name)
    {
        var index = members.FindLastIndex(member => string.Equals(member.Name, name, StringComparison.Ordinal));
        return index < 0 ? null : members[index];
    }

    /// <summary>A short text; null where the value is none.</summary>
    public static string? ShortText(JsonPart? part)
    {
        if (part is not { Kind: JsonTokenType.String } text)
        {
            return null;
        }

        var json = new Utf8JsonReader(text.Text.Span);
        json.Read();
        return JsonText.Read(ref json);
    }

    /// <summary>A text of any length as UTF-8; null where the value is none.</summary>
    public static ReadOnlyMemory<byte>? LongText(JsonPart? part)
    {
        if (part is not { Kind: JsonTokenType.String } text)
        {
            return null;
        }

        var json = new Utf8JsonReader(text.Text.Span);
        json.Read();
        var target = new byte[json.ValueSpan.Length];
        try
        {
            return target.AsMemory(0, json.CopyString(target));
        }
        catch (InvalidOperationException)
        {
            throw UserError.Usage("holds a body that is not Unicode text: half of a surrogate pair, or bytes that are not UTF-8");
        }
    }

    private static List<JsonPart>? Parts(ReadOnlyMemory<byte> value, JsonTokenType kind)
    {
        var json = new Utf8JsonReader(value.Span, Options);
        if (!json.Read() || json.TokenType != kind)
        {
            json.Skip();
            json.Read();
            return null;
        }

        var parts = new List<JsonPart>();
        while (json.Read() && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var name = "";
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                name = JsonText.Read(ref json) ?? "";
                json.Read();
            }

            var (start, first) = ((int)json.TokenStartIndex, json.TokenType);
            json.Skip();
            parts.Add(new JsonPart(name, first, value[start..(int)json.BytesConsumed]));
        }

        // Anything but white space behind the value is an error, which this tells.
        json.Read();
        return parts;
    }
}
