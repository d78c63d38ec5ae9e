namespace MessagesSimulator.Replies;

/// <summary>What the simulated model says. The request's limits (<c>max_tokens</c>, stop sequences) still cut it.</summary>
public sealed record Reply
{
    /// <summary>The blocks, in order.</summary>
    public IReadOnlyList<ReplyBlock> Blocks { get; init; } = [];

    /// <summary>The stop reason; null: as the blocks and the limits have it.</summary>
    public string? StopReason { get; init; }

    /// <summary>Why it refuses (<c>stop_details.category</c>), with the stop reason <c>refusal</c>.</summary>
    public string? RefusalCategory { get; init; }

    /// <summary>Web searches the server makes along the way.</summary>
    public int WebSearches { get; init; }

    /// <summary>An answer of one text block.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The reply.</returns>
    public static Reply Text(string text) => new() { Blocks = [new(ReplyBlockKind.Text, text)] };

    /// <summary>An answer that thinks first.</summary>
    /// <param name="thinking">The thinking.</param>
    /// <param name="text">The text.</param>
    /// <returns>The reply.</returns>
    public static Reply Thinking(string thinking, string text) =>
        new() { Blocks = [new(ReplyBlockKind.Thinking, thinking), new(ReplyBlockKind.Text, text)] };

    /// <summary>An answer that calls a tool.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="inputJson">Its input.</param>
    /// <returns>The reply.</returns>
    public static Reply ToolUse(string name, string inputJson) =>
        new() { Blocks = [new(ReplyBlockKind.ToolUse, inputJson) { ToolName = name }] };

    /// <summary>A refusal before any output.</summary>
    /// <param name="category">Why.</param>
    /// <returns>The reply.</returns>
    public static Reply Refusal(string? category) => new() { StopReason = "refusal", RefusalCategory = category };
}
