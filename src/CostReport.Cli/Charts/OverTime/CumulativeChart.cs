using CostReport.Cli.Charts.Scales;

namespace CostReport.Cli.Charts.OverTime;

/// <summary>Makes the chart of a sum that grows, against the one of the period before.</summary>
internal static class CumulativeChart
{
    private const int RestColor = 7;

    /// <summary>Makes the chart.</summary>
    /// <param name="title">The title.</param>
    /// <param name="buckets">The time of this period.</param>
    /// <param name="current">The amount in each bucket; null from where the period has not come to yet, and before where nothing is known.</param>
    /// <param name="before">The amounts of the period before, first with first; one that is shorter ends earlier, what is longer is left out.</param>
    /// <param name="measure">What the values are.</param>
    public static LineChart Of(string title, TimeBuckets buckets, IReadOnlyList<long?> current, IReadOnlyList<long?>? before, Measure measure)
    {
        var sums = Running(current, buckets.Count);
        var now = new Line(new ChartSeries($"This period {Last(sums, measure)}", sums)) { HasArea = true };
        if (before is null)
        {
            return new LineChart(title, $"This period comes to {Last(sums, measure)}.", buckets, [now], measure) { IsRunning = true };
        }

        var sumsBefore = Running(before, buckets.Count);
        var then = new Line(new ChartSeries($"Before {Last(sumsBefore, measure)}", sumsBefore), RestColor) { IsDashed = true };
        var description = $"This period comes to {Last(sums, measure)}, the period before to {Last(sumsBefore, measure)}.";
        return new LineChart(title, description, buckets, [now, then], measure) { IsRunning = true };
    }

    // A bucket without calls adds nothing; after the last known one there is no line.
    private static List<long?> Running(IReadOnlyList<long?> values, int count)
    {
        var last = Math.Min(values.Count, count) - 1;
        while (last >= 0 && values[last] is null)
        {
            last--;
        }

        var sum = 0m;
        var sums = new List<long?>();
        for (var i = 0; i < count; i++)
        {
            sum += i <= last ? values[i] ?? 0 : 0;
            sums.Add(i <= last ? (long)Math.Clamp(sum, long.MinValue, long.MaxValue) : null);
        }

        return sums;
    }

    private static string Last(List<long?> sums, Measure measure) => measure.Format(sums.LastOrDefault(s => s is not null) ?? 0);
}
