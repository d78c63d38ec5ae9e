using System.Text.Json;
using Telemetry.Handler.Content.Texts;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content;

/// <summary>Reads the definition of one tool.</summary>
internal ref struct ToolReader(ContentOptions options)
{
    private const string Function = "function";

    private string? _type;
    private string? _name;
    private string? _description;
    private JsonBody? _parameters;

    /// <summary>Reads it; the reader is on its end then.</summary>
    /// <returns>Null where it is none: Converse marks places among the tools.</returns>
    public ContentPart? Read(ref Utf8JsonReader json)
    {
        ReadMembers(ref json, isNested: false);
        if (_type is null && _name is null)
        {
            return null;
        }

        // A tool of the application has no type, or "custom"; those of the provider name theirs.
        var part = new ContentPart(_type is null or "custom" ? Function : _type).With("name", _name ?? "").With("description", _description);
        return _parameters is { } schema ? part.WithJson("parameters", schema) : part;
    }

    private void ReadMembers(ref Utf8JsonReader json, bool isNested)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref json, isNested);
            json.Skip();
        }
    }

    private void ReadMember(ref Utf8JsonReader json, bool isNested)
    {
        var (isType, isName) = (JsonText.Is(ref json, "type"u8), JsonText.Is(ref json, "name"u8));
        var isDescription = options.ToolParameters && JsonText.Is(ref json, "description"u8);
        var isSchema = JsonText.Is(ref json, "input_schema"u8) || (isNested && JsonText.Is(ref json, "json"u8));
        var isContainer = JsonText.Is(ref json, "toolSpec"u8) || (isNested && JsonText.Is(ref json, "inputSchema"u8));
        json.Read();
        if (json.TokenType == JsonTokenType.String && (isType || isName || isDescription))
        {
            var text = SecretMask.Apply(JsonText.Beginning(ref json, ContentPart.LongestLabel));
            (_type, _name, _description) = isType ? (text, _name, _description) : isName ? (_type, text, _description) : (_type, _name, text);
        }
        else if (isSchema && options.ToolParameters)
        {
            _parameters = JsonCopy.Copy(ref json, options.MaxBytes);
        }
        else if (isContainer && json.TokenType == JsonTokenType.StartObject)
        {
            ReadMembers(ref json, isNested: true);
        }
    }
}
