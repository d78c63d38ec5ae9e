namespace CostLedger.Records;

/// <summary>One limit as the response headers told it (<c>anthropic-ratelimit-*</c>, <c>anthropic-priority-*</c>, <c>anthropic-fast-*</c>).</summary>
/// <param name="Kind">The header's middle part, for example <c>input-tokens</c>, <c>priority-output-tokens</c>.</param>
/// <param name="Limit">The most that is allowed in the window.</param>
/// <param name="Remaining">What is left of it.</param>
/// <param name="ResetsAt">When it is full again.</param>
public sealed record RateLimit(string Kind, long? Limit, long? Remaining, DateTimeOffset? ResetsAt);
