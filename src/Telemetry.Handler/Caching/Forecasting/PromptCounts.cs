using CostLedger.Records;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>What usage says of the prompt that was sent, and whether it can be believed.</summary>
/// <param name="Input">Tokens neither read nor written.</param>
/// <param name="Read">Tokens read.</param>
/// <param name="Write5m">Tokens written for five minutes.</param>
/// <param name="Write1h">Tokens written for an hour.</param>
/// <param name="IsSum">Whether these are sums over several prompts, since the provider ran tools in between.</param>
internal readonly record struct PromptCounts(long Input, long Read, long Write5m, long Write1h, bool IsSum)
{
    private const long MostTokens = int.MaxValue / 8;

    /// <summary>Tokens written.</summary>
    public long Written => Write5m + Write1h;

    /// <summary>Tokens in the cache after the call.</summary>
    public long Cached => Read + Written;

    /// <summary>All tokens.</summary>
    public long Total => Input + Cached;

    /// <summary>Reads usage; null where it says nothing of the cache, or contradicts itself.</summary>
    /// <param name="usage">The usage.</param>
    /// <param name="ranTools">Whether the answer shows that the provider ran tools: usage does not always tell.</param>
    public static PromptCounts? Of(TokenUsage? usage, bool ranTools = false)
    {
        if (usage is null || (usage.CacheReadInputTokens is null && usage.CacheCreationInputTokens is null && usage.CacheCreation5mInputTokens is null))
        {
            return null;
        }

        var counts = FirstMessage(usage) is { } first
            ? Of(first.InputTokens, first.CacheReadInputTokens, first.CacheCreationInputTokens, first.CacheCreation1hInputTokens, isSum: false)
            : Of(usage.InputTokens, usage.CacheReadInputTokens, usage.CacheCreationInputTokens ?? usage.CacheCreation5mInputTokens, usage.CacheCreation1hInputTokens, ranTools || RanTools(usage));
        return IsPlausible(counts.Input) && IsPlausible(counts.Read) && IsPlausible(counts.Write5m) && IsPlausible(counts.Write1h) ? counts : null;
    }

    /// <summary>Whether the provider ran tools while answering.</summary>
    public static bool RanTools(TokenUsage usage) =>
        usage.WebSearchRequests > 0 || usage.WebFetchRequests > 0 || usage.CodeExecutionRequests > 0 || usage.Iterations.Count > 1;

    private static bool IsPlausible(long tokens) => tokens is >= 0 and <= MostTokens;

    private static PromptCounts Of(long? input, long? read, long? written, long? hour, bool isSum)
    {
        var hours = Math.Min(hour ?? 0, written ?? 0);
        return new PromptCounts(input ?? 0, read ?? 0, (written ?? 0) - hours, hours, isSum);
    }

    // The first of several prompts is the one that was sent.
    private static UsageIteration? FirstMessage(TokenUsage usage)
    {
        foreach (var iteration in usage.Iterations)
        {
            if (string.Equals(iteration.Type, "message", StringComparison.Ordinal))
            {
                return iteration;
            }
        }

        return null;
    }
}
