namespace Telemetry.Handler.Segments.Reading;

/// <summary>Tells what a block is by its members.</summary>
internal static class BlockKinds
{
    /// <summary>What a tool's definition is: the application's own where it has a schema or no type but <c>custom</c>.</summary>
    public static SegmentKind OfTool(ReadOnlySpan<byte> body, MemberList members)
    {
        var type = TypeOf(body, members, 0);
        return type.IsEmpty || type.SequenceEqual("custom"u8) ? SegmentKind.Tool : SegmentKind.ProviderTool;
    }

    /// <summary>What a content block is.</summary>
    /// <param name="body">The body.</param>
    /// <param name="members">Members, among them the block's.</param>
    /// <param name="first">The first of the block's.</param>
    public static SegmentKind OfBlock(ReadOnlySpan<byte> body, MemberList members, int first = 0)
    {
        var type = TypeOf(body, members, first);
        return type.Length switch
        {
            4 when type.SequenceEqual("text"u8) => SegmentKind.Text,
            5 when type.SequenceEqual("image"u8) => SegmentKind.Image,
            8 when type.SequenceEqual("document"u8) => SegmentKind.Document,
            8 when type.SequenceEqual("tool_use"u8) => SegmentKind.ToolUse,
            8 when type.SequenceEqual("thinking"u8) => SegmentKind.Thinking,
            10 when type.SequenceEqual("compaction"u8) => SegmentKind.Compaction,
            11 when type.SequenceEqual("tool_result"u8) => SegmentKind.ToolResult,
            17 when type.SequenceEqual("redacted_thinking"u8) => SegmentKind.RedactedThinking,
            _ => OfServer(type),
        };
    }

    /// <summary>Whether a member is written as text, or is none of the model's business.</summary>
    public static bool IsText(SegmentKind kind, MemberName name) => name switch
    {
        MemberName.Type or MemberName.CacheControl or MemberName.Signature => true,
        MemberName.Id or MemberName.ToolUseId => kind is SegmentKind.ToolUse or SegmentKind.ToolResult or SegmentKind.ServerToolUse,
        MemberName.Text => kind == SegmentKind.Text,
        MemberName.Thinking => kind == SegmentKind.Thinking,
        MemberName.Input => kind is SegmentKind.ToolUse or SegmentKind.ServerToolUse,
        MemberName.Name => kind is SegmentKind.ToolUse or SegmentKind.ServerToolUse or SegmentKind.Tool,
        MemberName.Description or MemberName.InputSchema => kind == SegmentKind.Tool,
        _ => kind is SegmentKind.Unknown or SegmentKind.ProviderTool or SegmentKind.ServerToolResult,
    };

    // server_tool_use, mcp_tool_use; web_search_tool_result, mcp_tool_result, code_execution_tool_result, …
    private static SegmentKind OfServer(ReadOnlySpan<byte> type) =>
        type.EndsWith("_tool_use"u8) ? SegmentKind.ServerToolUse
        : type.EndsWith("_tool_result"u8) ? SegmentKind.ServerToolResult
        : SegmentKind.Unknown;

    private static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> body, MemberList members, int first)
    {
        return members.Find(first, MemberName.Type) is { Length: > 2 } member ? body.Slice(member.Start + 1, member.Length - 2) : default;
    }
}
