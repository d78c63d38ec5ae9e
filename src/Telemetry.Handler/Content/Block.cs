using System.Text.Json;

namespace Telemetry.Handler.Content;

/// <summary>What is taken of one content block.</summary>
internal ref struct Block
{
    public string? Type;
    public string? Id;
    public string? Name;
    public string? ToolUseId;
    public string? MediaType;
    public string? Uri;
    public string? FileId;
    public string? Text;

    /// <summary>What Converse says in place of a media type.</summary>
    public string? Format;

    /// <summary>A reader on the block's content or input.</summary>
    public Utf8JsonReader Body;

    public bool HasBody;

    /// <summary>Whether the content is JSON and nothing else, as Converse's results of tools can be.</summary>
    public bool IsJson;

    /// <summary>Whether it is no content, but marks a place in it.</summary>
    public bool IsMark;

    /// <summary>The members that are short texts.</summary>
    internal enum Label : byte
    {
        Type,
        Id,
        Name,
        ToolUseId,
        MediaType,
        Uri,
        FileId,
        Format,
    }

    /// <summary>The label of a member's name; null for any other.</summary>
    public static Label? LabelOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? Label.Type
        : name.SequenceEqual("id"u8) ? Label.Id
        : name.SequenceEqual("name"u8) ? Label.Name
        : name.SequenceEqual("tool_use_id"u8) || name.SequenceEqual("toolUseId"u8) ? Label.ToolUseId
        : name.SequenceEqual("media_type"u8) ? Label.MediaType
        : name.SequenceEqual("url"u8) || name.SequenceEqual("uri"u8) ? Label.Uri
        : name.SequenceEqual("file_id"u8) ? Label.FileId
        : name.SequenceEqual("format"u8) ? Label.Format
        : null;

    /// <summary>The type of a block of Converse, whose blocks are named by their one member; null for any other name.</summary>
    public static string? ConverseTypeOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("toolUse"u8) ? "tool_use"
        : name.SequenceEqual("toolResult"u8) ? "tool_result"
        : name.SequenceEqual("reasoningContent"u8) || name.SequenceEqual("reasoningText"u8) ? "thinking"
        : name.SequenceEqual("image"u8) ? "image"
        : name.SequenceEqual("document"u8) ? "document"
        : name.SequenceEqual("video"u8) ? "video"
        : null;

    public void Set(Label label, string? value)
    {
        switch (label)
        {
            case Label.Type:
                Type = value;
                break;
            case Label.Id:
                Id = value;
                break;
            case Label.Name:
                Name = value;
                break;
            case Label.ToolUseId:
                ToolUseId = value;
                break;
            case Label.MediaType:
                MediaType = value;
                break;
            case Label.Uri:
                Uri = value;
                break;
            case Label.Format:
                Format = value;
                break;
            default:
                FileId = value;
                break;
        }
    }
}
