using System.Text.Json;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>Finds members by name.</summary>
internal static class MemberNames
{
    /// <summary>Which member the reader stands on.</summary>
    public static MemberName Of(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped)
        {
            return OfEscaped(ref json);
        }

        return Of(json.ValueSpan);
    }

    /// <summary>Which member has a name.</summary>
    public static MemberName Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => MemberName.Id,
        3 when name.SequenceEqual("ttl"u8) => MemberName.Ttl,
        4 => OfFour(name),
        5 when name.SequenceEqual("input"u8) => MemberName.Input,
        5 when name.SequenceEqual("tools"u8) => MemberName.Tools,
        6 when name.SequenceEqual("schema"u8) => MemberName.Schema,
        6 when name.SequenceEqual("format"u8) => MemberName.Format,
        6 when name.SequenceEqual("source"u8) => MemberName.Source,
        6 when name.SequenceEqual("system"u8) => MemberName.System,
        6 when name.SequenceEqual("thread"u8) => MemberName.Thread,
        7 when name.SequenceEqual("content"u8) => MemberName.Content,
        8 => OfEight(name),
        9 when name.SequenceEqual("signature"u8) => MemberName.Signature,
        10 when name.SequenceEqual("media_type"u8) => MemberName.MediaType,
        11 => OfEleven(name),
        12 when name.SequenceEqual("input_schema"u8) => MemberName.InputSchema,
        13 when name.SequenceEqual("output_config"u8) => MemberName.OutputConfig,
        13 when name.SequenceEqual("output_format"u8) => MemberName.OutputFormat,
        13 when name.SequenceEqual("cache_control"u8) => MemberName.CacheControl,
        _ => MemberName.Other,
    };

    private static MemberName OfFour(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? MemberName.Type
        : name.SequenceEqual("text"u8) ? MemberName.Text
        : name.SequenceEqual("name"u8) ? MemberName.Name
        : name.SequenceEqual("data"u8) ? MemberName.Data
        : name.SequenceEqual("role"u8) ? MemberName.Role
        : MemberName.Other;

    private static MemberName OfEight(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("messages"u8) ? MemberName.Messages
        : name.SequenceEqual("thinking"u8) ? MemberName.Thinking
        : MemberName.Other;

    private static MemberName OfEleven(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("description"u8) ? MemberName.Description
        : name.SequenceEqual("tool_use_id"u8) ? MemberName.ToolUseId
        : name.SequenceEqual("tool_choice"u8) ? MemberName.ToolChoice
        : MemberName.Other;

    // No client escapes these names, but the API reads them all the same.
    private static MemberName OfEscaped(ref Utf8JsonReader json)
    {
        foreach (var name in (ReadOnlySpan<byte[]>)[.. EscapedNames])
        {
            if (JsonText.Is(ref json, name))
            {
                return Of(name);
            }
        }

        return MemberName.Other;
    }

    private static byte[][] EscapedNames { get; } =
    [
        .. new[]
        {
            "id", "ttl", "type", "text", "name", "data", "role", "input", "tools", "source", "system", "thread", "content", "messages", "thinking",
            "signature", "media_type", "description", "tool_use_id", "input_schema", "cache_control",
            "tool_choice", "output_config", "output_format", "format", "schema",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];
}
