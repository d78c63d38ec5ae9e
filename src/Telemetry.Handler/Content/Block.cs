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

    /// <summary>A reader on the block's content or input.</summary>
    public Utf8JsonReader Body;

    public bool HasBody;

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
    }

    /// <summary>The label of a member's name; null for any other.</summary>
    public static Label? LabelOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? Label.Type
        : name.SequenceEqual("id"u8) ? Label.Id
        : name.SequenceEqual("name"u8) ? Label.Name
        : name.SequenceEqual("tool_use_id"u8) ? Label.ToolUseId
        : name.SequenceEqual("media_type"u8) ? Label.MediaType
        : name.SequenceEqual("url"u8) ? Label.Uri
        : name.SequenceEqual("file_id"u8) ? Label.FileId
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
            default:
                FileId = value;
                break;
        }
    }
}
