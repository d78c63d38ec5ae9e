using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Findings;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Caching;

/// <summary>The use of the prompt cache, exact: a row for each break, or for each group.</summary>
internal static class CacheData
{
    private static readonly string[] BreakColumns =
    [
        "call_id", "at", "provider", "model", "session", "conversation", "reason", "level", "segment", "byte_at", "byte_count", "compared_with",
        "idle_seconds", "tokens_available", "tokens_lost", "cost_lost_usd",
    ];

    private static readonly string[] GroupColumns =
    [
        "attempts", "uncached_tokens", "read_tokens", "written_5m_tokens", "written_1h_tokens", "hit_ratio", "input_cost_usd", "write_cost_usd",
        "saved_usd", "breaks", "tokens_lost", "wasted_usd", "missed", "missed_tokens", "missed_usd", "unpriced_attempts",
    ];

    /// <summary>A row a group where there are dimensions, else a row a break.</summary>
    public static Dataset Of(CacheReport report) => report.By.Count == 0
        ? new Dataset("breaks", BreakColumns, report.Breaks.Select(Row))
        : new Dataset("groups", [.. report.By.Select(by => by.Name), .. GroupColumns], report.Groups.Select(Row));

    private static IReadOnlyList<Field> Row(FoundBreak found)
    {
        var lost = found.Lost;
        return
        [
            Field.Of(found.Id.ToString()), Field.Of(Rfc3339.Utc(found.Id.Time)), Field.Of(CostLedger.Records.EnumNames.Name(found.Provider)), Field.Of(found.Model),
            Field.Of(found.Session), Field.Of(found.Conversation), Field.Of(lost.Reason), Field.Of(CacheWords.Level(lost.Level)), Field.Of(lost.Segment),
            Field.Of((long?)lost.ByteAt), Field.Of((long?)lost.ByteCount), Field.Of(lost.ComparedWith?.ToString()), Field.Of(Statistics.Seconds.Of(lost.Idle)),
            Field.Of(lost.AvailableTokens), Field.Of(lost.TokensLost), Field.Of(lost.CostLost),
        ];
    }

    private static IReadOnlyList<Field> Row(CacheGroup group)
    {
        var t = group.Totals;
        return
        [
            .. group.Key.Select(Field.Of),
            Field.Of(t.Attempts), Field.Of(t.UncachedTokens), Field.Of(t.ReadTokens), Field.Of(t.Written5mTokens), Field.Of(t.Written1hTokens),
            Field.Of(CacheWords.Ratio(t.HitRatio)), Field.Of(t.InputCost), Field.Of(t.WriteCost), Field.Of(t.Saved),
            Field.Of(t.Breaks.Count), Field.Of(t.Breaks.Tokens), Field.Of(t.Breaks.Cost),
            Field.Of(t.Missed.Count), Field.Of(t.Missed.Tokens), Field.Of(t.Missed.Cost), Field.Of(t.UnpricedAttempts),
        ];
    }
}
