using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>Which values share a colour: steps with round edges, which grow where the greatest value would leave all others in the first.</summary>
internal sealed class HeatSteps
{
    private const decimal WideRange = 20;

    /// <summary>Finds the steps.</summary>
    /// <param name="values">The values; those that are not positive are in the first step.</param>
    /// <param name="measure">What they are.</param>
    public HeatSteps(IEnumerable<long> values, Measure measure)
    {
        var positive = values.Where(v => v > 0).Order().ToList();
        if (positive.Count == 0)
        {
            return;
        }

        decimal greatest = positive[^1];
        decimal middle = positive[positive.Count / 2];
        if (greatest / middle <= WideRange)
        {
            var step = measure.Step(greatest / StyleSheet.HeatCount);
            Edges = [.. Enumerable.Range(1, StyleSheet.HeatCount - 1).Select(i => i * step).Where(e => e <= greatest)];
            return;
        }

        var factor = Math.Pow((double)(greatest / middle), 1.0 / (StyleSheet.HeatCount - 1));
        var edges = Enumerable.Range(0, StyleSheet.HeatCount - 1).Select(i => measure.Step(middle * (decimal)Math.Pow(factor, i)));
        Edges = [.. edges.Where(e => e <= greatest).Distinct()];
    }

    /// <summary>The least value of every step but the first, rising.</summary>
    public IReadOnlyList<decimal> Edges { get; } = [];

    /// <summary>How many steps there are.</summary>
    public int Count => Edges.Count + 1;

    /// <summary>The step of a value.</summary>
    public int Of(long value) => Edges.Count(e => value >= e);

    /// <summary>The colour of a step: the first and the last are always used, however few lie between.</summary>
    public int Color(int step) => Edges.Count == 0 ? 0 : (int)Math.Round((double)step * (StyleSheet.HeatCount - 1) / Edges.Count);
}
