using System.Text.Json;
using Telemetry.Handler.Content.Texts;

namespace Telemetry.Handler.Content.Parts;

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

    /// <summary>The members by name; those of Converse, whose blocks are named by their one member, beside those of the Messages API.</summary>
    public static readonly NameTable<Member> Members = new(
        ("type", Member.Type), ("text", Member.Text), ("thinking", Member.Text), ("id", Member.Id), ("name", Member.Name),
        ("tool_use_id", Member.ToolUseId), ("input", Member.Body), ("content", Member.Body), ("source", Member.Source),
        ("media_type", Member.MediaType), ("url", Member.Uri), ("file_id", Member.FileId), ("toolUseId", Member.ToolUseId),
        ("toolUse", Member.ToolUse), ("toolResult", Member.ToolResult), ("reasoningContent", Member.Reasoning),
        ("reasoningText", Member.Reasoning), ("json", Member.Json), ("image", Member.Image), ("document", Member.Document),
        ("video", Member.Video), ("format", Member.Format), ("s3Location", Member.Source), ("uri", Member.Uri), ("cachePoint", Member.Mark));

    /// <summary>The members that are known: short texts first, then bodies, then objects that are entered.</summary>
    internal enum Member : byte
    {
        Type,
        Id,
        Name,
        ToolUseId,
        MediaType,
        Uri,
        FileId,
        Format,
        LastLabel = Format,
        Text,
        Body,
        Json,
        Mark,
        Source,
        ToolUse,
        ToolResult,
        Reasoning,
        Image,
        Document,
        Video,
    }

    public void Set(Member label, string? value)
    {
        switch (label)
        {
            case Member.Type:
                Type = value;
                break;
            case Member.Id:
                Id = value;
                break;
            case Member.Name:
                Name = value;
                break;
            case Member.ToolUseId:
                ToolUseId = value;
                break;
            case Member.MediaType:
                MediaType = value;
                break;
            case Member.Uri:
                Uri = value;
                break;
            case Member.FileId:
                FileId = value;
                break;
            default:
                Format = value;
                break;
        }
    }
}
