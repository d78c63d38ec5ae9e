using CostLedger.Records;

namespace CostReport.Cli.Contexts;

/// <summary>One call of a conversation: what was in the model's context.</summary>
/// <param name="Call">The call.</param>
/// <param name="Tokens">The input as the provider counted it, those of the cache included.</param>
/// <param name="Parts">The input by source: estimated, and scaled to what was counted; null where it was not estimated.</param>
internal sealed record ContextTurn(CallRecord Call, long Tokens, ContextParts? Parts)
{
    /// <summary>Makes a turn; null for a call that says nothing of a context.</summary>
    public static ContextTurn? Of(CallRecord call) =>
        call is { Operation: Operation.Messages or Operation.Converse, Outcome: CallOutcome.Success, Usage.TotalInputTokens: > 0 and var tokens }
            ? new ContextTurn(call, tokens, call.Estimate?.Sources is { Total: > 0 } sources ? ContextParts.Of(sources, tokens) : null)
            : null;
}
