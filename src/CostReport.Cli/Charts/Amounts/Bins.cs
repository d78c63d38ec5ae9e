using CostReport.Cli.Charts.Scales;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>Sorts values into bins with round edges.</summary>
internal static class Bins
{
    private const int Most = 24;
    private const int Finest = 200;
    private const decimal WideRange = 200;

    // From a step to the next of 1, 2, 5 and 10, or of 10, 15 and 30 seconds.
    private const decimal Growth = 1.45m;

    /// <summary>Sorts the values.</summary>
    /// <param name="values">The values in any order.</param>
    /// <param name="measure">What they are.</param>
    /// <returns>
    /// Bins of one width from the least value to the greatest; where the middle value and the greatest are worlds apart, bins that grow
    /// from one round number to the next, the first from zero.
    /// </returns>
    public static IReadOnlyList<Bin> Of(IReadOnlyList<long> values, Measure measure)
    {
        if (values.Count == 0)
        {
            return [];
        }

        var sorted = values.Order().ToList();
        var (least, middle, greatest) = (sorted[0], sorted[sorted.Count / 2], sorted[^1]);
        var edges = middle > 0 && least >= 0 && greatest / (decimal)middle > WideRange
            ? Growing(Math.Max(1, sorted.Find(v => v > 0)), greatest, measure)
            : Even(least, greatest, measure);
        var counts = new long[edges.Count - 1];
        var bin = 0;
        foreach (var value in sorted)
        {
            while (bin < counts.Length - 1 && value >= edges[bin + 1])
            {
                bin++;
            }

            counts[bin]++;
        }

        return [.. counts.Select((count, i) => new Bin(edges[i], edges[i + 1], count)).SkipWhile(b => b.Count == 0)];
    }

    private static List<decimal> Even(decimal least, decimal greatest, Measure measure)
    {
        var step = measure.Step(Math.Max((greatest - least) / Most, Math.Max(Math.Abs(least), Math.Abs(greatest)) / Finest));
        var edges = new List<decimal> { decimal.Floor(least / step) * step };
        do
        {
            edges.Add(edges[^1] + step);
        }
        while (edges[^1] <= greatest);
        return edges;
    }

    private static List<decimal> Growing(decimal least, decimal greatest, Measure measure)
    {
        var edges = new List<decimal> { 0 };
        for (var edge = measure.Step(least); edges[^1] <= greatest; edge = measure.Step(edge * Growth))
        {
            edges.Add(edge);
        }

        return edges;
    }
}
