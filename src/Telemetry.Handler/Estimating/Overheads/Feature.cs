namespace Telemetry.Handler.Estimating.Overheads;

/// <summary>What a prompt is counted by: each has a weight of its own in every model's table.</summary>
internal enum Feature : byte
{
    /// <summary>Counted tokens of text, of tool calls and of their results.</summary>
    Text,

    /// <summary>Counted tokens of tool definitions.</summary>
    Tools,

    /// <summary>Counted tokens of thinking that the model is shown again.</summary>
    Thinking,

    /// <summary>Counted tokens of the schema that the answer must follow.</summary>
    Schema,

    /// <summary>One for the request.</summary>
    Request,

    /// <summary>One for each message.</summary>
    Message,

    /// <summary>One for each tool definition.</summary>
    Tool,

    /// <summary>One for each tool call.</summary>
    ToolUse,

    /// <summary>One for each tool call that is not the first of its message.</summary>
    ParallelToolUse,

    /// <summary>One for each tool result.</summary>
    ToolResult,

    /// <summary>One where tools were called that the request does not define.</summary>
    Undefined,

    /// <summary>One where the last message is the model's own.</summary>
    Prefill,

    /// <summary>One where the first message is the model's own: the provider puts one of the user's before it.</summary>
    ModelBegins,

    /// <summary>One for each message that the provider joins to the one before, which has the same role, and holds no results.</summary>
    JoinedMessage,

    /// <summary>One where the model is told how many tokens it may spend.</summary>
    TaskBudget,

    /// <summary>One where thinking is enabled with a budget.</summary>
    ThinkingEnabled,

    /// <summary>One where thinking may stand between tool calls.</summary>
    Interleaved,

    /// <summary>One where the answer must follow a schema.</summary>
    Format,

    /// <summary>One where one tool is forced by name.</summary>
    NamedTool,

    /// <summary>Tokens that are known by themselves: images, pages, the provider's own tools, the prompt that explains tools.</summary>
    Fixed,
}
