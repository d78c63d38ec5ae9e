using CostLedger.Records;

namespace CostLedger.Pricing.Parts;

/// <summary>Whether counts can be true at all. What cannot is not priced, so that one broken answer does not spoil a report.</summary>
internal static class Plausibility
{
    /// <summary>More tokens than any call can have: a million context windows of a million tokens.</summary>
    public const long MaxCount = 1_000_000_000_000;

    public static bool Holds(TokenUsage? usage, TokenEstimate? estimate) =>
        (usage is null || Holds(usage)) && (estimate is null || Holds(estimate));

    private static bool Holds(TokenUsage usage)
    {
        for (var i = 0; i < usage.Iterations.Count; i++)
        {
            if (!Holds(usage.Iterations[i]))
            {
                return false;
            }
        }

        return Holds(usage.InputTokens) && Holds(usage.OutputTokens) && Holds(usage.CacheReadInputTokens)
            && Holds(usage.CacheCreationInputTokens) && Holds(usage.CacheCreation5mInputTokens) && Holds(usage.CacheCreation1hInputTokens)
            && Holds(usage.ThinkingTokens) && Holds(usage.WebSearchRequests);
    }

    private static bool Holds(UsageIteration iteration) =>
        Holds(iteration.InputTokens) && Holds(iteration.OutputTokens) && Holds(iteration.CacheReadInputTokens)
        && Holds(iteration.CacheCreationInputTokens) && Holds(iteration.CacheCreation5mInputTokens) && Holds(iteration.CacheCreation1hInputTokens);

    private static bool Holds(TokenEstimate estimate) =>
        Holds(estimate.InputTokens) && Holds(estimate.InputTokensHigh) && Holds(estimate.OutputTokens) && Holds(estimate.OutputTokensLow) && Holds(estimate.OutputTokensHigh);

    private static bool Holds(long? count) => count is null or (>= 0 and <= MaxCount);
}
