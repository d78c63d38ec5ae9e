using System.Text.Json;
using Telemetry.Handler.Content.Texts;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content.Parts;

/// <summary>Reads the definition of one tool.</summary>
internal ref struct ToolReader(ContentOptions options)
{
    private const string Function = "function";

    // Converse puts a tool into its specification, and its schema one level deeper still.
    private static readonly NameTable<Member> Members = new(
        ("type", Member.Type), ("name", Member.Name), ("description", Member.Description), ("input_schema", Member.Schema),
        ("toolSpec", Member.Container), ("inputSchema", Member.Container), ("json", Member.NestedSchema));

    private string? _type;
    private string? _name;
    private string? _description;
    private JsonBody? _parameters;

    private enum Member : byte
    {
        Type,
        Name,
        Description,
        Schema,
        NestedSchema,
        Container,
    }

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
        var member = Members.Find(ref json);
        json.Read();
        switch (member)
        {
            case Member.Type or Member.Name or Member.Description when json.TokenType == JsonTokenType.String:
                Set(member.Value, SecretMask.Apply(JsonText.Beginning(ref json, ContentPart.LongestLabel)));
                break;
            case Member.Schema:
                ReadSchema(ref json);
                break;
            case Member.NestedSchema when isNested:
                ReadSchema(ref json);
                break;
            case Member.Container when json.TokenType == JsonTokenType.StartObject:
                ReadMembers(ref json, isNested: true);
                break;
            default:
                break;
        }
    }

    private void ReadSchema(ref Utf8JsonReader json)
    {
        if (options.ToolParameters)
        {
            _parameters = JsonCopy.Copy(ref json, options.MaxBytes);
        }
    }

    private void Set(Member member, string text)
    {
        switch (member)
        {
            case Member.Type:
                _type = text;
                break;
            case Member.Name:
                _name = text;
                break;
            default:
                _description = options.ToolParameters ? text : null;
                break;
        }
    }
}
