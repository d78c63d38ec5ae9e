using CostLedger.Querying.Conversations;
using CostLedger.Records;

namespace CostReport.Cli.Contexts;

/// <summary>One turn of a conversation: what was in the model's context.</summary>
/// <param name="Turn">The turn as it is in the conversation.</param>
/// <param name="Window">The context window of the model that answered, in tokens; null when not known.</param>
internal sealed record ContextTurn(ConversationTurn Turn, long? Window)
{
    /// <summary>The input as the provider counted it, those of the cache included.</summary>
    public long Tokens => Turn.PromptTokens;

    /// <summary>The tokens of the answer.</summary>
    public long OutputTokens => Turn.Answer.OutputTokens;

    /// <summary>The input by source: estimated, and scaled to what was counted; null where it was not estimated.</summary>
    public ContextParts? Parts => Turn.Sources is { Total: > 0 } sources ? ContextParts.Of(sources, Tokens) : null;

    /// <summary>The part of the window that the turn filled, its answer included; null when the window is not known.</summary>
    public double? Share => Window is > 0 and var window ? (double)(Tokens + OutputTokens) / window : null;

    /// <summary>What the turn cost, with all attempts; null where one has no price.</summary>
    public NanoUsd? Cost => Turn.Totals.Unpriced > 0 ? null : Turn.Totals.Cost;
}
