namespace CostLedger.Retention;

/// <summary>What was deleted, or would be.</summary>
/// <param name="Calls">Attempts, with their details, estimates and prompts.</param>
/// <param name="LimitPoints">Minutes of rate limits.</param>
/// <param name="PromptNodes">Blocks of prompts that no remaining call has; null where nothing was deleted yet.</param>
public sealed record PruneResult(long Calls, long LimitPoints, long? PromptNodes);
