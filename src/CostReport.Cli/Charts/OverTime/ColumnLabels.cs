using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.OverTime;

/// <summary>
/// The figures above columns: all of them or, where not all have space, that of the highest. Where something hangs below zero, a line
/// across each column shows what both sides come to.
/// </summary>
/// <param name="stacks">The columns.</param>
/// <param name="measure">What the values are.</param>
internal sealed class ColumnLabels(IReadOnlyList<Stack> stacks, Measure measure)
{
    private const double Gap = 6;

    /// <summary>Whether columns go up and down.</summary>
    public bool HasNet { get; } = stacks.Any(s => s.Below < 0) && stacks.Any(s => s.Above > 0);

    /// <summary>Draws the figures or the lines.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="plot">Where the values lie.</param>
    /// <param name="time">Where the columns lie.</param>
    /// <param name="widest">The greatest width of a column.</param>
    public void Draw(SvgBuilder svg, PlotArea plot, TimeAxis time, double widest)
    {
        if (HasNet)
        {
            DrawNet(svg, plot, time, widest);
            return;
        }

        var positive = Enumerable.Range(0, stacks.Count).Where(c => stacks[c].Above > 0).ToList();
        if (positive.Count == 0)
        {
            return;
        }

        var haveSpace = positive.TrueForAll(c => TextWidth.Of(measure.Format(stacks[c].Sum)) + 4 <= time.End(c) - time.Start(c));
        foreach (var column in haveSpace ? positive : [positive.MaxBy(c => stacks[c].Above)])
        {
            var label = measure.Format(stacks[column].Sum);
            var half = TextWidth.Of(label) / 2;
            var x = Math.Clamp(time.Middle(column), plot.Left + half, Math.Max(plot.Left + half, plot.Right - half));
            svg.Text("text", $"class=\"c halo\" x=\"{x}\" y=\"{Math.Min(plot.Y(stacks[column].Above), plot.Zero - 1) - Gap}\"", label);
        }
    }

    private void DrawNet(SvgBuilder svg, PlotArea plot, TimeAxis time, double widest)
    {
        for (var column = 0; column < stacks.Count; column++)
        {
            if (stacks[column] is { HasValue: true } stack)
            {
                var (x, y, half) = (time.Middle(column), plot.Y(stack.Sum), (time.BarWidth(column, widest) / 2) + 1);
                svg.Empty("line", $"class=\"net\" x1=\"{x - half}\" x2=\"{x + half}\" y1=\"{y}\" y2=\"{y}\"");
            }
        }
    }
}
