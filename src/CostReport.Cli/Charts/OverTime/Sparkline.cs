using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;

namespace CostReport.Cli.Charts.OverTime;

/// <summary>A line as small as a word, for a row of a table: no axes, a dot at its end.</summary>
/// <param name="Title">What it shows, for screen readers and on hover.</param>
/// <param name="Description">The same in a sentence.</param>
/// <param name="Values">The values; null where there is none.</param>
/// <param name="Measure">What they are.</param>
internal sealed record Sparkline(string Title, string Description, IReadOnlyList<long?> Values, Measure Measure) : Chart(Title, Description)
{
    private const double Dot = 2;

    /// <summary>The options for one in a line of text.</summary>
    /// <param name="id">Begins every id in the picture.</param>
    public static ChartOptions Small(string id) => ChartOptions.OnPage(id, 120);

    /// <summary>The height of the line.</summary>
    public double Height { get; init; } = 24;

    /// <inheritdoc/>
    protected override bool CanHaveHeading => false;

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var (svg, bottom) = (canvas.Svg, canvas.Top + Height);
        var known = Values.Where(v => v is not null).Select(v => (decimal)(v ?? 0)).DefaultIfEmpty().ToList();
        var (least, greatest) = (Math.Min(0, known.Min()), Math.Max(0, known.Max()));
        var ticks = new NumberTicks(1, [least, greatest > least ? greatest : least + 1]);
        var plot = new PlotArea(canvas.Left + Dot, canvas.Top + Dot, canvas.Right - Dot, bottom - Dot, ticks);
        var step = Values.Count > 1 ? plot.Width / (Values.Count - 1) : 0;
        var path = new LinePath([.. Values.Select((value, i) => value is { } v ? (plot.Left + (i * step), plot.Y(v)) : ((double X, double Y)?)null)]);

        svg.Empty("line", $"class=\"g\" x1=\"{plot.Left}\" x2=\"{plot.Right}\" y1=\"{plot.Zero}\" y2=\"{plot.Zero}\"");
        if (path.Strokes.Length > 0)
        {
            svg.Empty("path", $"class=\"s0 area\" d=\"{path.Above(plot.Zero)}\"").Empty("path", $"class=\"l l0 thin\" d=\"{path.Strokes}\"");
        }

        foreach (var (x, y) in path.Lonely.Concat(path.Last is { } last ? [last] : []).Distinct())
        {
            svg.Empty("circle", $"class=\"s0\" cx=\"{x}\" cy=\"{y}\" r=\"{Dot}\"");
        }

        svg.Open("g", $"class=\"col\"").Hover([Title, Description]);
        svg.Empty("rect", $"class=\"hit\" x=\"{canvas.Left}\" y=\"{canvas.Top}\" width=\"{canvas.Width}\" height=\"{Height}\"").Close("g");
        return bottom;
    }
}
