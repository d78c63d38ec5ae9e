using CostLedger.Querying;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Reports;

/// <summary>Sums by dimensions, exact.</summary>
internal static class UsageData
{
    private static readonly string[] Columns =
    [
        "calls", "attempts", "errors", "input_tokens", "output_tokens", "cache_read_input_tokens",
        "cache_creation_5m_input_tokens", "cache_creation_1h_input_tokens", "web_search_requests", "cost_usd",
        "cost_usd_input", "cost_usd_output", "cost_usd_cache_read", "cost_usd_cache_write_5m", "cost_usd_cache_write_1h",
        "cost_usd_server_tools", "unpriced_calls", "estimated_calls", "thinking_tokens", "saved_by_cache_usd",
        "first_content_seconds_mean", "output_tokens_per_second",
    ];

    /// <summary>A row a group; without dimensions, one row of totals.</summary>
    public static Dataset Of(UsageReport report)
    {
        IEnumerable<UsageGroup> groups = report.By.Count == 0 ? [new UsageGroup([], report.Totals)] : report.Groups;
        return new Dataset("groups", [.. report.By.Select(by => by.Name), .. Columns], groups.Select(Row));
    }

    private static IReadOnlyList<Field> Row(UsageGroup group)
    {
        var (t, cost) = (group.Totals, group.Totals.Cost);
        return
        [
            .. group.Key.Select(Field.Of),
            Field.Of(t.Calls), Field.Of(t.Attempts), Field.Of(t.Errors),
            Field.Of(t.InputTokens), Field.Of(t.OutputTokens), Field.Of(t.CacheReadInputTokens),
            Field.Of(t.CacheCreation5mInputTokens), Field.Of(t.CacheCreation1hInputTokens), Field.Of(t.WebSearchRequests),
            Field.Of(cost.Total), Field.Of(cost.Input), Field.Of(cost.Output), Field.Of(cost.CacheRead),
            Field.Of(cost.CacheWrite5m), Field.Of(cost.CacheWrite1h), Field.Of(cost.ServerTools),
            Field.Of(t.UnpricedCalls), Field.Of(t.EstimatedCalls), Field.Of(t.ThinkingTokens), Field.Of(t.SavedByCache),
            t.FirstContentCalls > 0 ? Seconds(t.FirstContent / t.FirstContentCalls) : Field.Null,
            t.Duration > TimeSpan.Zero ? Field.Of(decimal.Round(t.OutputTokens * (decimal)TimeSpan.TicksPerSecond / t.Duration.Ticks, 3)) : Field.Null,
        ];
    }

    private static Field Seconds(TimeSpan time) => Field.Of(decimal.Round(time.Ticks / (decimal)TimeSpan.TicksPerSecond, 6));
}
