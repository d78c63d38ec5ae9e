namespace CostReport.Cli.Charts.Scales;

/// <summary>Round numbers for an axis that shows zero.</summary>
/// <param name="Step">From one tick to the next.</param>
/// <param name="Values">The ticks, rising.</param>
internal sealed record NumberTicks(decimal Step, IReadOnlyList<decimal> Values)
{
    /// <summary>The lower end of the axis.</summary>
    public decimal Least => Values[0];

    /// <summary>The upper end of the axis.</summary>
    public decimal Greatest => Values[^1];

    /// <summary>Ticks from a round number that is not more than all values to one that is not less.</summary>
    /// <param name="least">The least value; the axis begins at zero where it is not negative.</param>
    /// <param name="greatest">The greatest value; the axis ends at zero where it is not positive.</param>
    /// <param name="most">About how many steps there is space for.</param>
    /// <param name="measure">What the values are.</param>
    /// <returns>The ticks: zero and one step where there is nothing to show.</returns>
    public static NumberTicks Of(decimal least, decimal greatest, int most, Measure measure)
    {
        (least, greatest) = (Math.Min(0, least), Math.Max(0, greatest));
        var step = measure.Step((greatest - least) / most);
        var (first, last) = (decimal.Floor(least / step), decimal.Ceiling(greatest / step));
        last = first == last ? 1 : last;
        return new NumberTicks(step, [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)]);
    }
}
