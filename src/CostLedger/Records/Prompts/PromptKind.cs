namespace CostLedger.Records.Prompts;

/// <summary>What one block of a prompt is. The numbers are stored in ledgers and never change.</summary>
public enum PromptKind
{
    /// <summary>A block of a type that is not known here.</summary>
    Unknown = 0,

    /// <summary>The definition of a tool that the application runs.</summary>
    Tool = 1,

    /// <summary>The definition of a tool that the provider runs, or knows by its type.</summary>
    ProviderTool = 2,

    /// <summary>Text.</summary>
    Text = 3,

    /// <summary>An image.</summary>
    Image = 4,

    /// <summary>A document.</summary>
    Document = 5,

    /// <summary>A tool's call, by the model.</summary>
    ToolUse = 6,

    /// <summary>A tool's result.</summary>
    ToolResult = 7,

    /// <summary>Thinking of an earlier turn.</summary>
    Thinking = 8,

    /// <summary>Thinking that the provider encrypted.</summary>
    RedactedThinking = 9,

    /// <summary>A call of a tool that the provider ran.</summary>
    ServerToolUse = 10,

    /// <summary>The result of a tool that the provider ran.</summary>
    ServerToolResult = 11,

    /// <summary>A summary that stands for what came before it.</summary>
    Compaction = 12,
}
