using System.Text.Json;
using Telemetry.Handler.Content.Texts;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content;

/// <summary>Reads the definition of a tool.</summary>
internal static class ToolReader
{
    private const string Function = "function";

    /// <summary>Reads one; the reader is on its end then.</summary>
    public static ContentPart Read(ref Utf8JsonReader json, ContentOptions options)
    {
        string? type = null;
        string? name = null;
        string? description = null;
        JsonBody? parameters = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isName) = (JsonText.Is(ref json, "type"u8), JsonText.Is(ref json, "name"u8));
            var (isDescription, isSchema) = (JsonText.Is(ref json, "description"u8), JsonText.Is(ref json, "input_schema"u8));
            json.Read();
            if (json.TokenType == JsonTokenType.String && (isType || isName || isDescription))
            {
                var text = SecretMask.Apply(JsonText.Beginning(ref json, ContentPart.LongestLabel));
                (type, name, description) = isType ? (text, name, description) : isName ? (type, text, description) : (type, name, text);
            }
            else if (isSchema && options.ToolParameters)
            {
                parameters = JsonCopy.Copy(ref json, options.MaxBytes);
            }

            json.Skip();
        }

        // A tool of the application has no type, or "custom"; those of the provider name theirs.
        var part = new ContentPart(type is null or "custom" ? Function : type).With("name", name ?? "");
        part = options.ToolParameters ? part.With("description", description) : part;
        return parameters is { } schema ? part.WithJson("parameters", schema) : part;
    }
}
