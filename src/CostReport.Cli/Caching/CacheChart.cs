using CostLedger.Querying;
using CostLedger.Querying.Caching;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Caching;

/// <summary>Makes the picture of what became of input tokens over time.</summary>
internal static class CacheChart
{
    /// <summary>Makes the chart.</summary>
    /// <param name="report">The report by <paramref name="unit"/>.</param>
    /// <param name="unit">What time is cut into.</param>
    /// <param name="period">The period.</param>
    public static ColumnChart Of(CacheReport report, GroupKind unit, Period period)
    {
        var groups = report.Groups.ToDictionary(g => LatencyChart.Start(g.Key[0], unit, period.Zone), g => g.Totals);
        var buckets = groups.Count == 0
            ? new TimeBuckets(LatencyChart.Unit(unit), [], period.Zone)
            : TimeBuckets.Between(groups.Keys.Min(), groups.Keys.Max(), LatencyChart.Unit(unit), period.Zone);
        ChartSeries Series(string name, Func<CacheTotals, long> value) =>
            new(name, [.. buckets.Starts.Select(s => groups.TryGetValue(s, out var totals) ? value(totals) : (long?)null)]);
        return new ColumnChart(
            $"Prompt tokens per {new Grouping(unit).Name}: read from the cache, written to it, uncached",
            Describe(report.Totals, period),
            buckets,
            [
                Series("read", t => t.ReadTokens),
                Series("written for 5 minutes", t => t.Written5mTokens),
                Series("written for 1 hour", t => t.Written1hTokens),
                Series("uncached", t => t.UncachedTokens),
            ],
            Measure.Count)
        {
            AllZero = "No call in this period told of input tokens.",
        };
    }

    private static string Describe(CacheTotals totals, Period period) => totals.HitRatio is { } ratio
        ? $"{Wording.Of(period)}. {Figures.Percent(ratio, 1)} of the prompt tokens were read from the cache; it saved {Figures.Money(totals.Saved)}."
        : $"No input tokens: {Wording.Of(period)}.";
}
