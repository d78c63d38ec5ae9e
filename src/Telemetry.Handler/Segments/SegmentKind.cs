namespace Telemetry.Handler.Segments;

/// <summary>What a segment of a prompt is.</summary>
internal enum SegmentKind : byte
{
    /// <summary>A block of a type that is not known here; counted as the text it is.</summary>
    Unknown,

    /// <summary>The definition of a tool that the application runs.</summary>
    Tool,

    /// <summary>The definition of a tool that the provider runs, or knows by its type.</summary>
    ProviderTool,

    /// <summary>Text.</summary>
    Text,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A document.</summary>
    Document,

    /// <summary>A tool's call, by the model.</summary>
    ToolUse,

    /// <summary>A tool's result.</summary>
    ToolResult,

    /// <summary>Thinking of an earlier turn.</summary>
    Thinking,

    /// <summary>Thinking that the provider encrypted.</summary>
    RedactedThinking,

    /// <summary>A call of a tool that the provider ran.</summary>
    ServerToolUse,

    /// <summary>The result of a tool that the provider ran.</summary>
    ServerToolResult,

    /// <summary>A summary that stands for what came before it.</summary>
    Compaction,
}
