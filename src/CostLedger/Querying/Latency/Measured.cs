using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Latency;

/// <summary>The percentiles of what was measured.</summary>
internal static class Measured
{
    /// <summary>Of times, added as microseconds.</summary>
    public static Percentiles<TimeSpan>? Time(Distribution distribution) => Of(distribution, Microseconds);

    /// <summary>Of figures of any kind.</summary>
    /// <param name="distribution">The figures.</param>
    /// <param name="unit">Turns a figure into its unit.</param>
    /// <returns>Null where there are none.</returns>
    public static Percentiles<T>? Of<T>(Distribution distribution, Func<long, T> unit)
        where T : struct
    {
        if (distribution.Count == 0)
        {
            return null;
        }

        var at = distribution.At(50, 95, 99);
        return new Percentiles<T>(distribution.Count, unit(at[0]), unit(at[1]), unit(at[2]), unit(distribution.Max), distribution.IsExact);
    }

    /// <summary>How often each time was added as microseconds, the shortest first.</summary>
    public static IReadOnlyList<DurationCount> Counts(Distribution distribution) =>
        [.. distribution.Counts().Select(c => new DurationCount(Microseconds(c.Figure), c.Count))];

    /// <summary>A time; the longest there is where a damaged row has a longer one.</summary>
    public static TimeSpan Microseconds(long value) => value > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond
        ? TimeSpan.MaxValue
        : TimeSpan.FromMicroseconds(value);
}
