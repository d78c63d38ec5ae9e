using CostLedger.Records;

namespace CostReport.Cli.Calls;

/// <summary>
/// Cache writes by lifetime, as sums count them: what a provider wrote without saying for how long counts as five minutes.
/// </summary>
/// <param name="FiveMinutes">Tokens written for five minutes; null when the provider gave no count.</param>
/// <param name="OneHour">Tokens written for one hour; null when the provider gave no count.</param>
internal readonly record struct CacheWrites(long? FiveMinutes, long? OneHour)
{
    /// <summary>The writes of a call.</summary>
    public static CacheWrites Of(TokenUsage? usage)
    {
        var (all, five, hour) = (usage?.CacheCreationInputTokens, usage?.CacheCreation5mInputTokens, usage?.CacheCreation1hInputTokens);
        return all is null
            ? new CacheWrites(five, hour)
            : new CacheWrites(Math.Max(five ?? 0, all.Value - (hour ?? 0)), hour);
    }
}
