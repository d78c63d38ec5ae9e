using CostLedger.Querying.Conversations;
using CostLedger.Records;

namespace CostLedger.Querying.Tools;

/// <summary>What tools took in a period.</summary>
public sealed record ToolReport
{
    /// <summary>The tools, by what their results and definitions cost, the most first.</summary>
    public required IReadOnlyList<ToolTotals> Tools { get; init; }

    /// <summary>Loops, with the name of their conversation; by the money at risk, the most first.</summary>
    public required IReadOnlyList<(string Conversation, ConversationLoop Loop)> Loops { get; init; }

    /// <summary>The calls whose prompts are known.</summary>
    public required long Calls { get; init; }

    /// <summary>The input tokens of these calls, as the provider counted them.</summary>
    public required long InputTokens { get; init; }

    /// <summary>What that input cost.</summary>
    public required NanoUsd InputCost { get; init; }

    /// <summary>The calls whose prompts are not known.</summary>
    public required long Unread { get; init; }
}
