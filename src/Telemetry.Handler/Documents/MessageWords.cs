using System.Text;

namespace Telemetry.Handler.Documents;

/// <summary>Words that answers often have.</summary>
internal static class MessageWords
{
    private static readonly (byte[] Name, EventType Type)[] EventTypes =
    [
        ("content_block_delta"u8.ToArray(), EventType.ContentBlockDelta),
        ("content_block_start"u8.ToArray(), EventType.ContentBlockStart),
        ("content_block_stop"u8.ToArray(), EventType.ContentBlockStop),
        ("message_start"u8.ToArray(), EventType.MessageStart),
        ("message_delta"u8.ToArray(), EventType.MessageDelta),
        ("message_stop"u8.ToArray(), EventType.MessageStop),
        ("message"u8.ToArray(), EventType.Message),
        ("ping"u8.ToArray(), EventType.Ping),
        ("error"u8.ToArray(), EventType.Error),
        ("completion"u8.ToArray(), EventType.Completion),

        // Of ConverseStream; its messageStop says why it stopped, as message_delta does, and what it counted comes after.
        ("contentBlockDelta"u8.ToArray(), EventType.ContentBlockDelta),
        ("contentBlockStart"u8.ToArray(), EventType.ContentBlockStart),
        ("contentBlockStop"u8.ToArray(), EventType.ContentBlockStop),
        ("messageStart"u8.ToArray(), EventType.MessageStart),
        ("messageStop"u8.ToArray(), EventType.MessageDelta),
        ("metadata"u8.ToArray(), EventType.Metadata),
    ];

    private static readonly string[] Words =
    [
        "text", "thinking", "tool_use", "end_turn", "standard", "global", "not_available", "message", "compaction", "advisor_message",
        "fallback_message", "max_tokens", "stop_sequence", "pause_turn", "refusal", "redacted_thinking", "server_tool_use",
        "mcp_tool_use", "mcp_tool_result", "web_search_tool_result", "web_fetch_tool_result", "code_execution_tool_result",
        "bash_code_execution_tool_result", "text_editor_code_execution_tool_result", "tool_search_tool_result",
        "advisor_tool_result", "fallback", "default", "5m", "1h",
    ];

    /// <summary>What an event of this name is.</summary>
    public static EventType EventTypeOf(ReadOnlySpan<byte> name)
    {
        foreach (var (known, type) in EventTypes)
        {
            if (name.SequenceEqual(known))
            {
                return type;
            }
        }

        return EventType.Unknown;
    }

    /// <summary>A value that answers often have, without making a new string of it; null where it is another one.</summary>
    public static string? KnownWord(ReadOnlySpan<byte> value)
    {
        foreach (var known in Words)
        {
            if (Ascii.Equals(value, known))
            {
                return known;
            }
        }

        return null;
    }
}
