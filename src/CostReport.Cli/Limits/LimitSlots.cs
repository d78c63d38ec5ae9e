using CostLedger.Querying.Limits;

namespace CostReport.Cli.Limits;

/// <summary>Cuts a limit's history into equal pieces of time, so that it fits a screen.</summary>
internal static class LimitSlots
{
    /// <summary>The pieces, oldest first.</summary>
    /// <param name="series">The limit.</param>
    /// <param name="until">The end of the last piece.</param>
    /// <param name="most">The most pieces.</param>
    /// <returns>When each begins, and the point with the least that was left in it; null where nothing was told.</returns>
    public static IReadOnlyList<(DateTimeOffset Start, LimitPoint? Lowest)> Of(LimitSeries series, DateTimeOffset until, int most)
    {
        if (series.Points.Count == 0)
        {
            return [];
        }

        var first = series.Points[0].Start;
        var length = LengthOf(until - first, most);
        var start = new DateTimeOffset(first.UtcTicks - (first.UtcTicks % length.Ticks), TimeSpan.Zero);
        var slots = new List<(DateTimeOffset Start, LimitPoint? Lowest)>();
        var next = 0;
        for (; start < until && slots.Count <= most; start += length)
        {
            LimitPoint? lowest = null;
            for (; next < series.Points.Count && series.Points[next].Start < start + length; next++)
            {
                var point = series.Points[next];
                lowest = lowest is null || (point.LowestShare ?? 2) < (lowest.LowestShare ?? 2) ? point : lowest;
            }

            slots.Add((start, lowest));
        }

        return slots;
    }

    // Lengths that people cut time into.
    private static TimeSpan LengthOf(TimeSpan whole, int most)
    {
        foreach (var minutes in (ReadOnlySpan<int>)[1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720])
        {
            if (whole <= TimeSpan.FromMinutes(minutes) * most)
            {
                return TimeSpan.FromMinutes(minutes);
            }
        }

        return TimeSpan.FromDays(Math.Ceiling(whole / TimeSpan.FromDays(1) / most));
    }
}
