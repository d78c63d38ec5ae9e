using CostReport.Cli.Charts.Scales;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>Sorts values into bins with round edges.</summary>
internal static class Bins
{
    private const int Most = 24;
    private const int MostBeforeTail = 14;
    private const int Finest = 200;

    // From here on, bins of one width would leave half of the values to the first or second of them.
    private const decimal WideRange = 12;

    // From a step to the next of 1, 2, 5 and 10, or of 10, 15 and 30 seconds.
    private const decimal Growth = 1.45m;

    /// <summary>Sorts the values.</summary>
    /// <param name="values">The values in any order.</param>
    /// <param name="measure">What they are.</param>
    /// <returns>
    /// Bins of one width from the least value to the greatest. Where these are worlds apart, bins grow from one round number to the next:
    /// beyond the bulk of the values if that is of one size, else all of them, the first from zero.
    /// </returns>
    public static IReadOnlyList<Bin> Of(IReadOnlyList<long> values, Measure measure) => OfCounts([.. values.Order().Select(v => (v, 1L))], measure);

    /// <summary>Sorts values that are counted already.</summary>
    /// <param name="values">The values in rising order, and how often there is each.</param>
    /// <param name="measure">What they are.</param>
    public static IReadOnlyList<Bin> OfCounts(IReadOnlyList<(long Value, long Count)> values, Measure measure)
    {
        if (values.Count == 0)
        {
            return [];
        }

        var edges = Edges(values, measure);
        var counts = new long[edges.Count - 1];
        var bin = 0;
        foreach (var (value, count) in values)
        {
            while (bin < counts.Length - 1 && value >= edges[bin + 1])
            {
                bin++;
            }

            counts[bin] += count;
        }

        return [.. counts.Select((count, i) => new Bin(edges[i], edges[i + 1], count)).SkipWhile(b => b.Count == 0)];
    }

    private static List<decimal> Edges(IReadOnlyList<(long Value, long Count)> values, Measure measure)
    {
        var (least, middle, most, greatest) = (values[0].Value, At(values, 50), At(values, 95), values[^1].Value);
        if (middle <= 0 || least < 0 || greatest / (decimal)middle <= WideRange)
        {
            return Even(least, greatest, Most, measure);
        }

        return most / (decimal)middle <= WideRange
            ? Growing(Even(least, most, MostBeforeTail, measure), greatest, measure)
            : Growing([0, measure.Step(Math.Max(1, values.FirstOrDefault(v => v.Value > 0).Value))], greatest, measure);
    }

    // The value that so much of all values does not exceed.
    private static long At(IReadOnlyList<(long Value, long Count)> values, int percent)
    {
        var left = values.Sum(v => v.Count) * percent / 100;
        foreach (var (value, count) in values)
        {
            left -= count;
            if (left < 0)
            {
                return value;
            }
        }

        return values[^1].Value;
    }

    private static List<decimal> Even(decimal least, decimal greatest, int most, Measure measure)
    {
        var step = measure.Step(Math.Max((greatest - least) / most, Math.Max(Math.Abs(least), Math.Abs(greatest)) / Finest));
        var edges = new List<decimal> { decimal.Floor(least / step) * step };
        do
        {
            edges.Add(edges[^1] + step);
        }
        while (edges[^1] <= greatest);
        return edges;
    }

    private static List<decimal> Growing(List<decimal> edges, decimal greatest, Measure measure)
    {
        while (edges[^1] <= greatest)
        {
            edges.Add(measure.Step(edges[^1] * Growth));
        }

        return edges;
    }
}
