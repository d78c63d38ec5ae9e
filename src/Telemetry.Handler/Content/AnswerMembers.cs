using System.Text.Json;
using Telemetry.Handler.Content.Texts;

namespace Telemetry.Handler.Content;

/// <summary>What the members of an answer's documents are: those of the Messages API, and those of Converse.</summary>
internal static class AnswerMembers
{
    public const string ToolCall = "tool_call";

    private static readonly NameTable<AnswerMember> Table = new(
        ("index", AnswerMember.Index), ("delta", AnswerMember.Delta), ("text", AnswerMember.Text), ("thinking", AnswerMember.Thinking),
        ("partial_json", AnswerMember.Input), ("content_block", AnswerMember.Block), ("message", AnswerMember.Message),
        ("role", AnswerMember.Role), ("id", AnswerMember.Id), ("content", AnswerMember.Content),
        ("contentBlockIndex", AnswerMember.Index), ("start", AnswerMember.Block), ("output", AnswerMember.Message),
        ("input", AnswerMember.Input), ("reasoningContent", AnswerMember.Reasoning), ("toolUse", AnswerMember.Tool));

    /// <summary>The member whose name the reader is on; null for any other.</summary>
    public static AnswerMember? Of(ref Utf8JsonReader json) => Table.Find(ref json);

    /// <summary>The kind of part that a delta belongs to; null where it is none.</summary>
    public static string? PartOf(AnswerMember? member) => member switch
    {
        AnswerMember.Text => "text",
        AnswerMember.Thinking => "reasoning",
        AnswerMember.Input => ToolCall,
        _ => null,
    };
}
