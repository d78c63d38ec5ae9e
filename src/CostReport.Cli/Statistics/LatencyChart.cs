using System.Globalization;
using CostLedger.Querying;
using CostLedger.Querying.Latency;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>
/// Makes the charts of latency: over time, p50, p95 and p99 of the duration and p50 of the time to the first token; and how many
/// answers took how long.
/// </summary>
internal static class LatencyChart
{
    private const int MostHours = 72;
    private const int FirstTokenColor = 1;
    private const string HourFormat = "yyyy-MM-dd'T'HH:mmzzz";
    private const string DayFormat = "yyyy-MM-dd";
    private const string MonthFormat = "yyyy-MM";

    /// <summary>What time is cut into.</summary>
    public static GroupKind UnitFor(Period period) => period.Since is { } since
        ? (period.End - since) switch
        {
            { TotalHours: <= MostHours } => GroupKind.Hour,
            { TotalDays: <= TimeBuckets.Most } => GroupKind.Day,
            _ => GroupKind.Month,
        }
        : GroupKind.Day;

    /// <summary>Whether days or hours from the first group to the last are too many to tell apart.</summary>
    /// <param name="keys">The names of the groups.</param>
    /// <param name="unit">What time is cut into.</param>
    public static bool NeedsMonths(IEnumerable<string?> keys, GroupKind unit)
    {
        var starts = keys.Select(key => Start(key, unit, TimeZoneInfo.Utc)).ToList();
        var least = unit == GroupKind.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        return unit != GroupKind.Month && starts.Count > 0 && (starts.Max() - starts.Min()) / least > TimeBuckets.Most;
    }

    /// <summary>Makes the chart.</summary>
    /// <param name="report">The latency by <paramref name="unit"/>.</param>
    /// <param name="unit">What time is cut into.</param>
    /// <param name="period">The period.</param>
    public static LineChart Of(LatencyReport report, GroupKind unit, Period period)
    {
        var groups = report.Groups.ToDictionary(g => Start(g.Key[0], unit, period.Zone), g => g.Totals);
        var buckets = groups.Count == 0
            ? new TimeBuckets(Unit(unit), [], period.Zone)
            : TimeBuckets.Between(groups.Keys.Min(), groups.Keys.Max(), Unit(unit), period.Zone);
        ChartSeries Series(string name, Func<LatencyTotals, TimeSpan?> value) =>
            new(name, [.. buckets.Starts.Select(s => groups.TryGetValue(s, out var totals) ? Microseconds(value(totals)) : null)]);
        var unitName = new Grouping(unit).Name;
        return new LineChart(
            $"Duration of answers per {unitName}: p50, p95, p99 and the first token",
            Describe(report.Totals, $"Lines over time, a point for each {unitName}.", period),
            buckets,
            [
                new Line(Series("p50", t => t.Duration?.P50)),
                new Line(Series("p95", t => t.Duration?.P95)) { IsThin = true },
                new Line(Series("p99", t => t.Duration?.P99)) { IsThin = true, IsDashed = true },
                new Line(Series("first token p50", t => t.FirstToken?.P50), FirstTokenColor),
            ],
            Measure.Duration)
        {
            Bands = [new Band(0, 1)],
            Nothing = "No whole answers in this period.",
        };
    }

    /// <summary>Whether there is more than one point of time to draw a line through.</summary>
    /// <param name="report">The latency by time.</param>
    public static bool HasLines(LatencyReport report) => report.Groups.Count(g => g.Totals.Answers > 0) > 1;

    /// <summary>Makes the chart of how many answers took how long.</summary>
    /// <param name="report">The latency.</param>
    /// <param name="period">The period.</param>
    public static Histogram Spread(LatencyReport report, Period period)
    {
        var all = report.Totals.Duration;
        Marker[] markers = all is null ? [] : [Mark("p50", all.P50), Mark("p95", all.P95), Mark("p99", all.P99)];
        return new Histogram(
            "How many answers took how long",
            Describe(report.Totals, "A column for each length of time.", period),
            Bins.OfCounts([.. report.Durations.Select(d => (Microseconds(d.Duration) ?? 0, d.Count))], Measure.Duration),
            Measure.Duration,
            "answer")
        {
            Markers = markers,
            Nothing = "No whole answers in this period.",
        };
    }

    private static Marker Mark(string name, TimeSpan at) => new(name, Microseconds(at) ?? 0);

    private static string Describe(LatencyTotals totals, string what, Period period) => totals.Duration is { } all
        ? $"{Wording.Of(period)}. {Figures.Count(totals.Answers, "whole answer")}: p50 {Figures.Duration(all.P50)}, p95 {Figures.Duration(all.P95)}, p99 {Figures.Duration(all.P99)}, the longest {Figures.Duration(all.Max)}. {what}"
        : $"No whole answers: {Wording.Of(period)}.";

    /// <summary>The unit of a chart's columns.</summary>
    public static TimeUnit Unit(GroupKind unit) => unit switch
    {
        GroupKind.Hour => TimeUnit.Hour,
        GroupKind.Day => TimeUnit.Day,
        _ => TimeUnit.Month,
    };

    /// <summary>When a group begins: an hour's name has its offset; a day and a month begin where the zone's clocks say.</summary>
    public static DateTimeOffset Start(string? key, GroupKind unit, TimeZoneInfo zone)
    {
        if (unit == GroupKind.Hour)
        {
            return ZoneCalendar.Floor(DateTimeOffset.ParseExact(key ?? "", HourFormat, CultureInfo.InvariantCulture), TimeUnit.Hour, zone);
        }

        var format = unit == GroupKind.Day ? DayFormat : MonthFormat;
        return Moment.AtWallClock(DateTime.ParseExact(key ?? "", format, CultureInfo.InvariantCulture), zone);
    }

    private static long? Microseconds(TimeSpan? time) => time?.Ticks / TimeSpan.TicksPerMicrosecond;
}
