namespace MessagesSimulator.Replies;

/// <summary>A block of an answer, before it is cut to the limits of the request.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, the thinking, or a tool's input as JSON.</param>
public sealed record ReplyBlock(ReplyBlockKind Kind, string Text)
{
    /// <summary>The tool that is called.</summary>
    public string? ToolName { get; init; }
}
