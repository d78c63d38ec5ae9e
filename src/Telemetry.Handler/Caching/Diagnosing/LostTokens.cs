using CostLedger.Records;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>Tokens that could have been read from the cache, by what they were billed as instead.</summary>
/// <param name="Write1h">Written with a lifetime of one hour.</param>
/// <param name="Write5m">Written with a lifetime of five minutes.</param>
/// <param name="Input">Not cached at all.</param>
internal readonly record struct LostTokens(long Write1h, long Write5m, long Input)
{
    /// <summary>All of them.</summary>
    public long Total => Write1h + Write5m + Input;

    /// <summary>Shares out lost tokens: what follows the tokens that were read was written first for an hour, then for five minutes.</summary>
    public static LostTokens Of(long lost, long write1h, long write5m)
    {
        lost = Math.Max(0, lost);
        var hour = Math.Min(lost, Math.Max(0, write1h));
        var minutes = Math.Min(lost - hour, Math.Max(0, write5m));
        return new LostTokens(hour, minutes, lost - hour - minutes);
    }

    /// <summary>
    /// The usage as it was and as it would have been, for a price list: the difference of their costs is the money lost. Both are
    /// without iterations, which a price list would add up in place of the rest.
    /// </summary>
    /// <param name="actual">The usage of the call.</param>
    public (TokenUsage Paid, TokenUsage Undisturbed) AsUsages(TokenUsage actual)
    {
        var paid = actual with
        {
            Iterations = [],
            CacheCreation5mInputTokens = actual.CacheCreation5mInputTokens ?? actual.CacheCreationInputTokens - (actual.CacheCreation1hInputTokens ?? 0),
            CacheCreation1hInputTokens = actual.CacheCreation1hInputTokens ?? 0,
        };
        return (paid, paid with
        {
            InputTokens = (paid.InputTokens ?? 0) - Input,
            CacheReadInputTokens = (paid.CacheReadInputTokens ?? 0) + Total,
            CacheCreationInputTokens = (paid.CacheCreationInputTokens ?? 0) - Write1h - Write5m,
            CacheCreation5mInputTokens = (paid.CacheCreation5mInputTokens ?? 0) - Write5m,
            CacheCreation1hInputTokens = (paid.CacheCreation1hInputTokens ?? 0) - Write1h,
        });
    }
}
