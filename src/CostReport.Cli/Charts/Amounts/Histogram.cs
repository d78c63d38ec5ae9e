using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>How often values of each size come. Every bin is as wide as the others, also where they grow.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Bins">The bins, without a hole between.</param>
/// <param name="Measure">What the values are.</param>
/// <param name="Counted">What is counted: <c>call</c>, <c>answer</c>.</param>
internal sealed record Histogram(string Title, string Description, IReadOnlyList<Bin> Bins, Measure Measure, string Counted) : Chart(Title, Description)
{
    private const double PlotHeight = 260;
    private const double AxisHeight = 24;
    private const double Row = 16;
    private const double Gap = 12;
    private const double Least = 1;
    private const double Widest = 90;
    private const double BesideLine = 4;

    /// <summary>Values to point out.</summary>
    public IReadOnlyList<Marker> Markers { get; init; } = [];

    /// <summary>What to say where there is nothing.</summary>
    public string Nothing { get; init; } = "No calls in this period.";

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var svg = canvas.Svg;
        if (Bins.Count == 0)
        {
            canvas.Note(canvas.Top + (PlotHeight / 2), Nothing);
            return canvas.Top + PlotHeight;
        }

        var axis = new ValueAxis(0, Bins.Max(b => b.Count), Measure.Count);
        var left = canvas.Left + axis.Width;
        var right = Math.Min(canvas.Right - Math.Max(Gap, TextWidth.Of(Tick(Bins[^1].To)) / 2), left + (Bins.Count * Widest));
        var markers = Place(left, right, canvas.Right);
        var top = canvas.Top + Gap + (markers.Count == 0 ? 0 : (markers.Max(m => m.Row) + 1) * Row);
        var plot = new PlotArea(left, top, right, top + PlotHeight, axis.Ticks);
        axis.Draw(svg, plot);
        for (var i = 0; i < Bins.Count; i++)
        {
            DrawBin(svg, plot, i);
        }

        DrawMarkers(svg, plot, markers, canvas.Right);
        DrawEdges(svg, plot);
        return plot.Bottom + AxisHeight;
    }

    // Later markers go up a row where they would lie on an earlier one.
    private List<(double X, int Row, string Text)> Place(double left, double right, double most)
    {
        var free = new List<double>();
        var placed = new List<(double, int, string)>();
        foreach (var marker in Markers.OrderBy(m => m.Value))
        {
            var text = $"{marker.Name} {Measure.Format(marker.Value)}";
            var at = X(marker.Value, left, right);
            var start = Start(at, text, most);
            var row = free.FindIndex(f => f <= start);
            if (row < 0)
            {
                row = free.Count;
                free.Add(0);
            }

            free[row] = start + TextWidth.Of(text) + Gap;
            placed.Add((at, row, text));
        }

        return placed;
    }

    // The labels last, so that no line crosses one.
    private static void DrawMarkers(SvgBuilder svg, PlotArea plot, List<(double X, int Row, string Text)> markers, double most)
    {
        foreach (var (x, row, _) in markers)
        {
            svg.Empty("line", $"class=\"b\" stroke-dasharray=\"3 3\" x1=\"{x}\" x2=\"{x}\" y1=\"{plot.Top - Gap - (row * Row) + 4}\" y2=\"{plot.Bottom}\"");
        }

        foreach (var (x, row, text) in markers)
        {
            svg.Text("text", $"class=\"halo\" x=\"{Start(x, text, most)}\" y=\"{plot.Top - Gap - (row * Row)}\"", text);
        }
    }

    private static double Start(double x, string text, double most) => Math.Min(x + BesideLine, most - TextWidth.Of(text));

    private double X(decimal value, double left, double right)
    {
        var index = 0;
        while (index < Bins.Count - 1 && value >= Bins[index].To)
        {
            index++;
        }

        var bin = Bins[index];
        var within = Math.Clamp((double)((value - bin.From) / (bin.To - bin.From)), 0, 1);
        return left + ((right - left) * (index + within) / Bins.Count);
    }

    private void DrawBin(SvgBuilder svg, PlotArea plot, int index)
    {
        var step = plot.Width / Bins.Count;
        var (bin, x, gap) = (Bins[index], plot.Left + (step * index), step >= 4 ? 1 : 0);
        var height = bin.Count == 0 ? 0 : Math.Max(Least, plot.Bottom - plot.Y(bin.Count));
        svg.Open("g", $"class=\"col\"").Hover([$"{Tick(bin.From)} to {Tick(bin.To)}", $"{Measure.Count.Format(bin.Count)} {Counted}{(bin.Count == 1 ? "" : "s")}"]);
        svg.Empty("rect", $"class=\"hit\" x=\"{x}\" y=\"{plot.Top}\" width=\"{step}\" height=\"{plot.Height}\"");
        if (height > 0)
        {
            svg.Empty("rect", $"class=\"s0\" x=\"{x}\" y=\"{plot.Bottom - height}\" width=\"{step - gap}\" height=\"{height}\"");
        }

        svg.Close("g");
    }

    // Every second edge is named, or every third, where there is no space for all.
    private void DrawEdges(SvgBuilder svg, PlotArea plot)
    {
        var step = plot.Width / Bins.Count;
        var labels = Bins.Select(b => Tick(b.From)).Append(Tick(Bins[^1].To)).ToList();
        var stride = Math.Max(1, (int)Math.Ceiling((labels.Max(l => TextWidth.Of(l)) + Gap) / step));
        for (var i = 0; i < labels.Count; i += stride)
        {
            svg.Text("text", $"class=\"s c\" x=\"{plot.Left + (i * step)}\" y=\"{plot.Bottom + 18}\"", labels[i]);
        }
    }

    private string Tick(decimal value) => Measure.FormatTick(value, Bins[0].To - Bins[0].From);
}
