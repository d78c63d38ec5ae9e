using CostLedger.Querying.Errors;
using CostLedger.Records;
using CostLedger.Records.Errors;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>Which attempts failed, exact, a row a kind of error, for CSV.</summary>
internal static class ErrorData
{
    private const int SharePlaces = 6;

    private static readonly string[] Columns =
    [
        "category", "error_type", "http_status", "model", "failed", "share", "first_at", "last_at", "duration_s_p50", "duration_s_p95",
        "duration_s_p99", "duration_s_max", "cost_usd", "estimated", "unpriced", "with_retry_after", "longest_retry_after_s",
        "followed_by_success", "worst_id",
    ];

    /// <summary>A row for each category, error type, status and model.</summary>
    public static Dataset Of(ErrorReport report) => new("groups", Columns, report.Groups.Select(group => Row(group, report.Attempts)));

    /// <summary>The part of all attempts; null where there are none.</summary>
    public static decimal? Share(long failed, long attempts) => attempts == 0 ? null : decimal.Round(failed / (decimal)attempts, SharePlaces);

    private static IReadOnlyList<Field> Row(ErrorGroup group, long attempts)
    {
        var t = group.Totals;
        return
        [
            Field.Of(group.Category.Name()), Field.Of(group.ErrorType), Field.Of(group.HttpStatus), Field.Of(group.Model),
            Field.Of(t.Count), Field.Of(Share(t.Count, attempts)), Moment(t.First), Moment(t.Last),
            Field.Of(Seconds.Of(t.Duration?.P50)), Field.Of(Seconds.Of(t.Duration?.P95)), Field.Of(Seconds.Of(t.Duration?.P99)), Field.Of(Seconds.Of(t.Duration?.Max)),
            Field.Of(t.Cost), Field.Of(t.Estimated), Field.Of(t.Unpriced),
            Field.Of(t.WithRetryAfter), Field.Of(Seconds.Of(t.LongestRetryAfter)), Field.Of(t.FollowedBySuccess), Field.Of(group.Worst.ToString()),
        ];
    }

    private static Field Moment(DateTimeOffset? moment) => Field.Of(moment is { } known ? Rfc3339.Utc(known) : null);
}
