using CostLedger.Querying.Latency;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Statistics;

/// <summary>How long answers took, exact, a row a group, for CSV.</summary>
internal static class LatencyData
{
    private static readonly string[] Times = ["duration_s", "headers_s", "first_event_s", "first_token_s", "longest_gap_s", "output_tokens_per_second", "failed_duration_s"];
    private static readonly string[] Percentiles = ["p50", "p95", "p99", "max"];

    /// <summary>A row a group; without dimensions, one row of totals.</summary>
    public static Dataset Of(LatencyReport report)
    {
        IEnumerable<LatencyGroup> groups = report.By.Count == 0 ? [new LatencyGroup([], report.Totals)] : report.Groups;
        return new Dataset(
            "groups",
            [
                .. report.By.Select(by => by.Name), "answers", "streamed", "failed", "canceled",
                .. Times.SelectMany(time => Percentiles.Select(p => $"{time}_{p}")),
                "exact", "request_bytes", "response_bytes", "connections_observed", "connections_reused",
            ],
            groups.Select(Row));
    }

    private static IReadOnlyList<Field> Row(LatencyGroup group)
    {
        var t = group.Totals;
        return
        [
            .. group.Key.Select(Field.Of),
            Field.Of(t.Answers), Field.Of(t.Streamed), Field.Of(t.Failed), Field.Of(t.Canceled),
            .. Fields(t.Duration, Seconds.Of), .. Fields(t.Headers, Seconds.Of), .. Fields(t.FirstEvent, Seconds.Of),
            .. Fields(t.FirstToken, Seconds.Of), .. Fields(t.LongestGap, Seconds.Of), .. Fields(t.OutputTokensPerSecond, rate => rate),
            .. Fields(t.FailedDuration, Seconds.Of),
            Field.Of(t.Duration?.IsExact ?? true), Field.Of(t.RequestBytes), Field.Of(t.ResponseBytes),
            Field.Of(t.ObservedConnections), Field.Of(t.ReusedConnections),
        ];
    }

    private static IEnumerable<Field> Fields<T>(Percentiles<T>? p, Func<T, decimal> number)
        where T : struct => p is null
        ? Enumerable.Repeat(Field.Null, Percentiles.Length)
        : new[] { p.P50, p.P95, p.P99, p.Max }.Select(value => Field.Of(number(value)));
}
