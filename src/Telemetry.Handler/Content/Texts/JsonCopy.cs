using System.Text;
using System.Text.Json;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content.Texts;

/// <summary>Copies a value out of JSON, without secrets, signatures and binary data, and never deeper than readers can go.</summary>
internal static class JsonCopy
{
    /// <summary>Readers of JSON stop at 64 levels as a rule, and what is copied lies below others.</summary>
    private const int Deepest = 32;

    private const int LongestName = 1_024;
    private const string TooDeep = "…";

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>Copies the value that the reader is on; the reader is on its end then.</summary>
    /// <param name="json">The reader, on a value.</param>
    /// <param name="maxBytes">The most that is copied. A longer value is given as the beginning of its text.</param>
    public static JsonBody Copy(ref Utf8JsonReader json, int maxBytes)
    {
        var output = new JsonOutput();
        var start = json.TokenStartIndex;
        CopyValue(ref json, output, maxBytes, depth: 0);
        var isCut = json.BytesConsumed - start > maxBytes;
        if (output.Length <= maxBytes)
        {
            return new JsonBody(output.ToArray(), null, isCut);
        }

        var text = output.ToString();
        return new JsonBody(null, text[..JsonOutput.Fit(text, maxBytes)], IsCut: true);
    }

    /// <summary>The same for JSON that stands in a text; where it is none, or is cut, the text itself.</summary>
    public static JsonBody Copy(string text, int maxBytes)
    {
        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Options);
            json.Read();
            var body = Copy(ref json, maxBytes);
            if (!json.Read())
            {
                return body;
            }
        }
        catch (JsonException)
        {
            // It is a text then.
        }

        return new JsonBody(null, SecretMask.Apply(text), IsCut: false);
    }

    private static void CopyValue(ref Utf8JsonReader json, JsonOutput output, int maxBytes, int depth)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                output.Text(SecretMask.Apply(JsonText.Beginning(ref json, Left(output, maxBytes))));
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when depth == Deepest || Left(output, maxBytes) == 0:
                json.Skip();
                output.Text(TooDeep);
                break;
            case JsonTokenType.StartObject:
                CopyObject(ref json, output, maxBytes, depth);
                break;
            case JsonTokenType.StartArray:
                output.BeginArray();
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    CopyElement(ref json, output, maxBytes, depth);
                }

                output.EndArray();
                break;
            default:
                output.Raw(json.ValueSpan);
                break;
        }
    }

    private static void CopyElement(ref Utf8JsonReader json, JsonOutput output, int maxBytes, int depth)
    {
        // Beyond the bound everything is cut off anyway.
        if (Left(output, maxBytes) == 0)
        {
            json.Skip();
        }
        else
        {
            CopyValue(ref json, output, maxBytes, depth + 1);
        }
    }

    private static void CopyObject(ref Utf8JsonReader json, JsonOutput output, int maxBytes, int depth)
    {
        var isBinary = IsBinary(json);
        output.BeginObject();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Beginning(ref json, LongestName);
            json.Read();
            if (Left(output, maxBytes) == 0 || IsLeftOut(name, isBinary))
            {
                json.Skip();
                continue;
            }

            output.Name(SecretMask.Apply(name));
            if (SecretMask.IsSecretName(name) && json.TokenType is JsonTokenType.String)
            {
                output.Text(SecretMask.Secret);
            }
            else
            {
                CopyValue(ref json, output, maxBytes, depth + 1);
            }
        }

        output.EndObject();
    }

    private static bool IsLeftOut(string name, bool isBinary) =>
        (isBinary && name is "data" or "bytes" or "blob") || name is "signature" || name.StartsWith("encrypted_", StringComparison.Ordinal);

    /// <summary>Whether an object says of itself that it holds encoded data.</summary>
    private static bool IsBinary(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isMediaType = JsonText.Is(ref json, "media_type"u8) || JsonText.Is(ref json, "mimeType"u8) || JsonText.Is(ref json, "mime_type"u8);
            var isType = JsonText.Is(ref json, "type"u8);
            json.Read();
            if (isMediaType || (isType && json.TokenType == JsonTokenType.String
                && (JsonText.Is(ref json, "base64"u8) || JsonText.Is(ref json, "redacted_thinking"u8))))
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    private static int Left(JsonOutput output, int maxBytes) => Math.Max(0, maxBytes - output.Length);
}
