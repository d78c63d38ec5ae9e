using System.Globalization;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Charts;

/// <summary>Makes the chart of cost over time: every hour of a short period, every day, week or month of a longer one.</summary>
internal static class CostColumns
{
    private const int MostHours = 72;
    private const string HourFormat = "yyyy-MM-dd'T'HH:mmzzz";

    /// <summary>The dimension of time that a chart of a period needs: the hour or the day.</summary>
    public static Grouping By(Period period) => new(IsHourly(period, MostHours) ? GroupKind.Hour : GroupKind.Day);

    /// <summary>Whether hours tell more of a period than its few days.</summary>
    /// <param name="period">The period.</param>
    /// <param name="most">How many hours there is space for.</param>
    public static bool IsHourly(Period period, int most) => period.Since is { } since && period.End - since <= TimeSpan.FromHours(most);

    /// <summary>Makes the chart.</summary>
    /// <param name="groups">The sums by hour or day, and model or what else there is.</param>
    /// <param name="period">The period.</param>
    /// <param name="isHourly">Whether the first dimension is the hour, else the day.</param>
    /// <param name="most">How many columns there is space for, where they are no hours.</param>
    /// <param name="by">What the second dimension is, where it is not the model.</param>
    /// <param name="leastUnit">The shortest a column may be, where they are no hours.</param>
    public static ColumnChart Of(IReadOnlyList<UsageGroup> groups, Period period, bool isHourly, int most, string by = CostChart.Model, string leastUnit = "day") =>
        isHourly ? Hours(groups, period, by) : CostChart.Of(DayCosts.Of(groups, period, most, leastUnit), period, by);

    /// <summary>The cost in each column; null where there was no call.</summary>
    public static IReadOnlyList<long?> Sums(ColumnChart chart) =>
    [
        .. Enumerable.Range(0, chart.Buckets.Count).Select(i => chart.Series
            .Select(s => s.Values[i])
            .Aggregate((long?)null, (sum, value) => value is { } v ? (sum ?? 0) + v : sum)),
    ];

    /// <summary>The hour that a group's key names.</summary>
    public static DateTimeOffset HourOf(string? key) =>
        DateTimeOffset.ParseExact(key ?? "", HourFormat, CultureInfo.InvariantCulture);

    private static ColumnChart Hours(IReadOnlyList<UsageGroup> groups, Period period, string by)
    {
        var end = period.End < period.Now ? period.End : period.Now;
        var starts = groups.Select(g => HourOf(g.Key[0])).ToList();
        var first = starts.Append(period.Since ?? end).Min();
        var last = starts.Append(end.AddTicks(-1)).Max();
        var buckets = groups.Count == 0 ? new TimeBuckets(TimeUnit.Hour, [], period.Zone) : TimeBuckets.Between(first, last, TimeUnit.Hour, period.Zone);
        var series = new Dictionary<string, long?[]>(StringComparer.Ordinal);
        for (var i = 0; i < groups.Count; i++)
        {
            var model = Wording.Name(groups[i].Key[1]);
            var values = series.TryGetValue(model, out var known) ? known : series[model] = new long?[buckets.Count];
            if (buckets.IndexOf(starts[i]) is { } at)
            {
                values[at] = (values[at] ?? 0) + groups[i].Totals.Cost.Total.Value;
            }
        }

        var sorted = series.Select(s => new ChartSeries(s.Key, s.Value)).OrderByDescending(s => s.Sum).ThenBy(s => s.Name, StringComparer.Ordinal).ToList();
        var chart = new ColumnChart($"Cost per hour by {by}", "", buckets, sorted, Measure.Money(0));
        var sums = Sums(chart);
        var total = sums.Sum(s => s ?? 0);
        return chart with
        {
            Description = $"{Wording.Of(period)}. {Figures.Money(new NanoUsd(total))} in all.",
            Measure = Measure.Money(sums.Max() ?? 0),
        };
    }
}
