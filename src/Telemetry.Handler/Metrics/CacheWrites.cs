using CostLedger.Records;

namespace Telemetry.Handler.Metrics;

/// <summary>Divides cache writes by their lifetime.</summary>
internal static class CacheWrites
{
    /// <summary>The tokens written for five minutes and for one hour. What the answer does not divide counts as five minutes, as in the price.</summary>
    /// <param name="usage">The usage, or null.</param>
    public static (long FiveMinutes, long OneHour) Of(TokenUsage? usage)
    {
        var oneHour = usage?.CacheCreation1hInputTokens ?? 0;
        var fiveMinutes = usage?.CacheCreation5mInputTokens ?? 0;
        var rest = (usage?.CacheCreationInputTokens ?? 0) - oneHour - fiveMinutes;
        return (fiveMinutes + Math.Max(0, rest), oneHour);
    }
}
