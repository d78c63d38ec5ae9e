using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.OverTime;

/// <summary>Lines over time, with areas between them.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Buckets">The time.</param>
/// <param name="Lines">The lines; of more than can be told apart, the first are shown.</param>
/// <param name="Measure">What the values are.</param>
internal sealed record LineChart(
    string Title, string Description, TimeBuckets Buckets, IReadOnlyList<Line> Lines, Measure Measure)
    : Chart(Title, Description)
{
    private const double PlotHeight = 300;
    private const double Headroom = 12;

    /// <summary>The areas between lines.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>Whether a value is that of its bucket's end, as sums up to there are, and all begin at zero; else of its middle.</summary>
    public bool IsRunning { get; init; }

    /// <summary>What to say where there is no value.</summary>
    public string Nothing { get; init; } = "No calls in this period.";

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var lines = Lines.Count <= StyleSheet.SeriesCount ? Lines : [.. Lines.Take(StyleSheet.SeriesCount)];
        var values = lines.SelectMany(l => l.Series.Values).Where(v => v is not null).Select(v => (decimal)(v ?? 0)).ToList();
        if (values.Count == 0)
        {
            canvas.Note(canvas.Top + (PlotHeight / 2), Nothing);
            return canvas.Top + PlotHeight;
        }

        var axis = new ValueAxis(values.Min(), values.Max(), Measure);
        var ends = new EndLabels([.. lines.Select(l => l.Series.Name)], canvas.Width, PlotHeight);
        var legend = new Legend(ends.Fit ? [] : lines.Select(Entry), canvas.Width);
        legend.Draw(canvas.Svg, canvas.Left, canvas.Top);

        var top = canvas.Top + legend.Height + Headroom;
        var plot = new PlotArea(canvas.Left + axis.Width, top, canvas.Right - ends.Width, top + PlotHeight, axis.Ticks);
        var time = new TimeAxis(Buckets, plot.Left, plot.Right);
        axis.Draw(canvas.Svg, plot);
        var paths = lines.Select(l => new LinePath(Points(l, plot, time))).ToList();
        DrawAreas(canvas.Svg, lines, paths, plot);
        DrawLines(canvas.Svg, lines, paths);
        DrawHovers(canvas.Svg, lines, plot, time);
        ends.Draw(canvas.Svg, plot, [.. lines.Select((l, i) => (paths[i].Last, l.Color, l.Series.Sum))]);
        time.Draw(canvas.Svg, plot.Bottom);
        return plot.Bottom + TimeAxis.Height;
    }

    private static LegendEntry Entry(Line line) => new(line.Series.Name, "", line.Color, line.Classes);

    private static void DrawLines(SvgBuilder svg, IReadOnlyList<Line> lines, List<LinePath> paths)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            svg.Open("g", $"data-series=\"{i}\"");
            var (color, classes) = (lines[i].Color, lines[i].Classes);
            if (paths[i].Strokes is { Length: > 0 } strokes)
            {
                svg.Empty("path", $"class=\"l l{color} {classes}\" d=\"{strokes}\"");
            }

            foreach (var (x, y) in paths[i].Lonely)
            {
                svg.Empty("circle", $"class=\"s{color}\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\"");
            }

            svg.Close("g");
        }
    }

    private void DrawAreas(SvgBuilder svg, IReadOnlyList<Line> lines, List<LinePath> paths, PlotArea plot)
    {
        foreach (var band in Bands.Where(b => Math.Max(b.One, b.Other) < lines.Count))
        {
            svg.Empty("path", $"class=\"s{lines[band.One].Color} band\" d=\"{paths[band.One].Between(paths[band.Other])}\"");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].HasArea)
            {
                svg.Empty("path", $"class=\"s{lines[i].Color} area\" data-series=\"{i}\" d=\"{paths[i].Above(plot.Zero)}\"");
            }
        }
    }

    private void DrawHovers(SvgBuilder svg, IReadOnlyList<Line> lines, PlotArea plot, TimeAxis time)
    {
        for (var bucket = 0; bucket < Buckets.Count; bucket++)
        {
            var known = lines.Where(l => l.Series.Values[bucket] is not null).ToList();
            if (known.Count == 0)
            {
                continue;
            }

            var (start, width, x) = (time.Start(bucket), time.End(bucket) - time.Start(bucket), Place(time, bucket));
            svg.Open("g", $"class=\"col\"");
            svg.Hover([Buckets.Label(bucket), .. known.Select(l => $"{Measure.Format(l.Series.Values[bucket] ?? 0)}  {TextWidth.Fit(l.Series.Name, 400)}")]);
            svg.Empty("rect", $"class=\"hit\" x=\"{start}\" y=\"{plot.Top}\" width=\"{width}\" height=\"{plot.Height}\"");
            svg.Empty("line", $"class=\"guide\" x1=\"{x}\" x2=\"{x}\" y1=\"{plot.Top}\" y2=\"{plot.Bottom}\"").Close("g");
        }
    }

    private double Place(TimeAxis time, int bucket) => IsRunning ? time.End(bucket) : time.Middle(bucket);

    private List<(double X, double Y)?> Points(Line line, PlotArea plot, TimeAxis time)
    {
        var points = line.Series.Values
            .Select((value, i) => value is { } v ? (Place(time, i), plot.Y(v)) : ((double X, double Y)?)null)
            .ToList();
        if (IsRunning)
        {
            points.Insert(0, points.Count > 0 && points[0] is not null ? (plot.Left, plot.Zero) : null);
        }

        return points;
    }
}
