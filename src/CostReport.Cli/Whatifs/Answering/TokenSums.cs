using CostLedger.Records;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>Tokens by class.</summary>
/// <param name="Input">Neither read nor written.</param>
/// <param name="CacheRead">Read.</param>
/// <param name="CacheWrite5m">Written for five minutes.</param>
/// <param name="CacheWrite1h">Written for an hour.</param>
/// <param name="Output">Of answers.</param>
internal readonly record struct TokenSums(long Input, long CacheRead, long CacheWrite5m, long CacheWrite1h, long Output)
{
    /// <summary>The prompts.</summary>
    public long Prompt => Input + CacheRead + CacheWrite5m + CacheWrite1h;

    /// <summary>Adds a call's; what cannot be is left out.</summary>
    /// <param name="usage">What the provider counted.</param>
    /// <param name="estimate">What was estimated; of an answer that was cut off, the output that is in its cost.</param>
    public TokenSums Plus(TokenUsage? usage, TokenEstimate? estimate)
    {
        if (usage is null)
        {
            return this;
        }

        var written = usage.CacheCreationInputTokens ?? (usage.CacheCreation5mInputTokens ?? 0) + (usage.CacheCreation1hInputTokens ?? 0);
        var hour = Math.Min(usage.CacheCreation1hInputTokens ?? 0, written);
        return new TokenSums(
            Sum(Input, usage.InputTokens),
            Sum(CacheRead, usage.CacheReadInputTokens),
            Sum(CacheWrite5m, written - hour),
            Sum(CacheWrite1h, hour),
            Sum(Output, Math.Max(usage.OutputTokens ?? 0, estimate?.OutputTokens ?? 0)));
    }

    private static long Sum(long sum, long? more) => more is { } count and > 0 ? (sum > long.MaxValue - count ? long.MaxValue : sum + count) : sum;
}
