using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Marks;

/// <summary>The axis of values at the left, with the lines of the grid.</summary>
internal sealed class ValueAxis
{
    private const int MostSteps = 5;
    private const double Gap = 8;
    private const double LeastWidth = 40;

    private readonly IReadOnlyList<string> _labels;

    /// <summary>Makes an axis for values from the least to the greatest.</summary>
    public ValueAxis(decimal least, decimal greatest, Measure measure)
    {
        var hasValues = least < 0 || greatest > 0;
        Ticks = NumberTicks.Of(least, greatest, MostSteps, measure);
        _labels = [.. Ticks.Values.Select(t => hasValues || t == 0 ? measure.FormatTick(t, Ticks.Step) : "")];
        Width = Math.Max(LeastWidth, _labels.Max(l => TextWidth.Of(l)) + Gap);
    }

    /// <summary>The values.</summary>
    public NumberTicks Ticks { get; }

    /// <summary>The space for the labels; charts below each other line up where theirs are short.</summary>
    public double Width { get; }

    /// <summary>Draws the lines and the labels; without a value other than zero, only zero.</summary>
    public void Draw(SvgBuilder svg, PlotArea plot)
    {
        for (var i = 0; i < Ticks.Values.Count; i++)
        {
            if (_labels[i].Length == 0)
            {
                continue;
            }

            var y = Math.Round(plot.Y(Ticks.Values[i])) + 0.5;
            var line = Ticks.Values[i] == 0 ? "b" : "g";
            svg.Empty("line", $"class=\"{line}\" x1=\"{plot.Left}\" x2=\"{plot.Right}\" y1=\"{y}\" y2=\"{y}\"");
            svg.Text("text", $"class=\"s r\" x=\"{plot.Left - Gap}\" y=\"{y + 4}\"", _labels[i]);
        }
    }
}
