using System.Globalization;
using CostLedger.Querying;
using CostLedger.Querying.Latency;
using CostReport.Cli.Charts;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>Makes the chart of the duration's percentiles over time: the tops of a column's three parts are p50, p95 and p99.</summary>
internal static class LatencyChart
{
    private const int MostHours = 72;
    private const string HourFormat = "yyyy-MM-dd'T'HH:mmzzz";
    private const string DayFormat = "yyyy-MM-dd";
    private const string MonthFormat = "yyyy-MM";

    /// <summary>What time is cut into.</summary>
    public static GroupKind UnitFor(Period period) => period.Since is { } since
        ? (period.End - since) switch
        {
            { TotalHours: <= MostHours } => GroupKind.Hour,
            { TotalDays: <= CostChart.MostColumns } => GroupKind.Day,
            _ => GroupKind.Month,
        }
        : GroupKind.Day;

    /// <summary>Makes the chart.</summary>
    /// <param name="report">The latency by <paramref name="unit"/>.</param>
    /// <param name="unit">What time is cut into.</param>
    /// <param name="period">The period.</param>
    public static ColumnChart Of(LatencyReport report, GroupKind unit, Period period)
    {
        var columns = Columns([.. report.Groups.Select(g => (Moment(g.Key[0], unit), g.Totals.Duration))], unit, period.Zone);
        ChartSeries Series(string name, Func<Percentiles<TimeSpan>, TimeSpan> value) =>
            new(name, [.. columns.Select(c => c.Duration is { } duration ? Microseconds(value(duration)) : (long?)null)]);
        var name = new Grouping(unit).Name;
        return new ColumnChart(
            $"Duration of answers per {name}: p50, p95 and p99",
            Describe(report.Totals, name, period),
            [.. columns.Select(c => c.Moment.ToString(LabelFormat(unit), CultureInfo.InvariantCulture))],
            [
                Series("to p50", d => d.P50),
                Series("p50 to p95", d => d.P95 - d.P50),
                Series("p95 to p99", d => d.P99 - d.P95),
            ],
            value => Figures.Duration(TimeSpan.FromMicroseconds(value)),
            tick => Figures.Duration(TimeSpan.FromMicroseconds(tick)));
    }

    private static string Describe(LatencyTotals totals, string unit, Period period) => totals.Duration is { } all
        ? $"{Wording.Of(period)}. {Figures.Count(totals.Answers, "whole answer")}: p50 {Figures.Duration(all.P50)}, p95 {Figures.Duration(all.P95)}, p99 {Figures.Duration(all.P99)}, the longest {Figures.Duration(all.Max)}. Each {unit} is a column of three parts, whose tops are p50, p95 and p99."
        : $"No whole answers: {Wording.Of(period)}.";

    // Pieces of time without an answer are columns too.
    private static List<(DateTimeOffset Moment, Percentiles<TimeSpan>? Duration)> Columns(
        List<(DateTimeOffset Moment, Percentiles<TimeSpan>? Duration)> known, GroupKind unit, TimeZoneInfo zone)
    {
        var columns = new List<(DateTimeOffset Moment, Percentiles<TimeSpan>? Duration)>();
        foreach (var column in known)
        {
            if (columns.Count > 0)
            {
                var next = Next(columns[^1].Moment, unit, zone);
                for (; next < column.Moment && columns.Count < CostChart.MostColumns; next = Next(next, unit, zone))
                {
                    columns.Add((next, null));
                }
            }

            columns.Add(column);
        }

        return columns;
    }

    private static DateTimeOffset Next(DateTimeOffset moment, GroupKind unit, TimeZoneInfo zone) => unit switch
    {
        GroupKind.Hour => TimeZoneInfo.ConvertTime(moment.AddHours(1), zone),
        GroupKind.Day => moment.AddDays(1),
        _ => moment.AddMonths(1),
    };

    private static DateTimeOffset Moment(string? key, GroupKind unit) => DateTimeOffset.ParseExact(
        key ?? "",
        unit switch { GroupKind.Hour => HourFormat, GroupKind.Day => DayFormat, _ => MonthFormat },
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal);

    private static string LabelFormat(GroupKind unit) => unit switch
    {
        GroupKind.Hour => "d MMM HH:mm",
        GroupKind.Day => "d MMM",
        _ => "MMM yyyy",
    };

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
