using CostLedger.Querying.Limits;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Limits;

/// <summary>Makes the picture of what was left of the tightest limits over time.</summary>
internal static class LimitChart
{
    private const int MostHours = 96;

    // The measure's unit: thousandths of a percent.
    private const double Whole = 100_000;

    /// <summary>Makes the chart.</summary>
    public static LineChart Of(LimitReport report, Period period)
    {
        var starts = report.Series.SelectMany(s => s.Points).Select(p => p.Start).ToList();
        var unit = starts.Count > 0 && starts.Max() - starts.Min() > TimeSpan.FromHours(MostHours) ? TimeUnit.Day : TimeUnit.Hour;
        var buckets = starts.Count == 0
            ? new TimeBuckets(unit, [], period.Zone)
            : TimeBuckets.Between(starts.Min(), starts.Max(), unit, period.Zone);
        return new LineChart(
            "Left of the tightest rate limits, at the least",
            Describe(report, period),
            buckets,
            [.. report.Series.Take(StyleSheet.SeriesCount).Select((s, i) => new Line(new ChartSeries(LimitTables.NameOf(s), Least(s, buckets)), i))],
            Measure.Percent)
        {
            Nothing = "No answer told of a rate limit in this period.",
        };
    }

    private static long?[] Least(LimitSeries series, TimeBuckets buckets)
    {
        var least = new long?[buckets.Count];
        foreach (var point in series.Points)
        {
            if (point.LowestShare is { } share && buckets.IndexOf(point.Start) is { } index)
            {
                var value = (long)(share * Whole);
                least[index] = Math.Min(least[index] ?? value, value);
            }
        }

        return least;
    }

    private static string Describe(LimitReport report, Period period) => report.Series is [var tightest, ..]
        ? $"{Wording.Of(period)}. A line for each limit. The tightest: {LimitTables.NameOf(tightest)}, {Figures.Count(tightest.Whole.Limit ?? 0)} in all, at the least {Figures.Count(tightest.Whole.Lowest ?? 0)} left."
        : $"No rate limits were told of: {Wording.Of(period)}.";
}
