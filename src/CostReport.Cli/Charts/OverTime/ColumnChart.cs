using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Charts.OverTime;

/// <summary>Stacked columns over time. What is negative hangs below zero.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Buckets">The columns.</param>
/// <param name="Series">The series; the first lies next to zero. Of more than can be told apart, the smallest are added up.</param>
/// <param name="Measure">What the values are.</param>
internal sealed record ColumnChart(
    string Title, string Description, TimeBuckets Buckets, IReadOnlyList<ChartSeries> Series, Measure Measure)
    : Chart(Title, Description)
{
    private const double PlotHeight = 320;
    private const double Headroom = 22;
    private const double Least = 1;
    private const double Widest = 90;

    /// <summary>What to say where there is no column.</summary>
    public string Nothing { get; init; } = "No calls in this period.";

    /// <summary>What to say where all values are zero.</summary>
    public string AllZero { get; init; } = "Nothing in this period cost anything.";

    /// <summary>The same chart with the smallest series added up where there are too many to tell apart.</summary>
    public ColumnChart Folded()
    {
        if (Series.Count <= StyleSheet.SeriesCount)
        {
            return this;
        }

        var greatest = Series.OrderByDescending(s => Math.Abs(s.Sum)).Take(StyleSheet.SeriesCount - 1).ToHashSet();
        var rest = Series.Where(s => !greatest.Contains(s)).ToList();
        var sums = Enumerable.Range(0, Buckets.Count).Select(column => Sum(rest, column)).ToList();
        return this with { Series = [.. Series.Where(greatest.Contains), new ChartSeries($"{Figures.Count(rest.Count)} others", sums)] };
    }

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var svg = canvas.Svg;
        if (Buckets.Count == 0 || Series.Count == 0)
        {
            canvas.Note(canvas.Top + (PlotHeight / 2), Nothing);
            return canvas.Top + PlotHeight;
        }

        var chart = Folded();
        var stacks = Enumerable.Range(0, Buckets.Count).Select(c => new Stack(chart.Series, c)).ToList();
        var labels = new ColumnLabels(stacks, Measure);
        var entries = chart.Series.Select((s, i) => new LegendEntry(s.Name, Measure.Format(s.Sum), i));
        var legend = new Legend(labels.HasNet ? entries.Append(new LegendEntry("together", Measure.Format(chart.Series.Sum(s => s.Sum)), 0, "net")) : entries, canvas.Width);
        legend.Draw(svg, canvas.Left, canvas.Top);

        var values = new ValueAxis(stacks.Min(s => s.Below), stacks.Max(s => s.Above), Measure);
        var top = canvas.Top + legend.Height + Headroom;
        var plot = new PlotArea(canvas.Left + values.Width, top, canvas.Right, top + PlotHeight, values.Ticks);
        var time = new TimeAxis(Buckets, plot.Left, plot.Right);
        values.Draw(svg, plot);
        for (var column = 0; column < Buckets.Count; column++)
        {
            if (stacks[column].HasValue)
            {
                chart.DrawColumn(svg, plot, time, column, stacks[column]);
            }
        }

        labels.Draw(svg, plot, time, Widest);

        if (stacks.TrueForAll(s => s is { Above: 0, Below: 0 }))
        {
            canvas.Note((plot.Top + plot.Bottom) / 2, AllZero);
        }

        time.Draw(svg, plot.Bottom);
        return plot.Bottom + TimeAxis.Height;
    }

    private static long? Sum(List<ChartSeries> series, int column)
    {
        var known = series.Select(s => s.Values[column]).Where(v => v is not null).ToList();
        return known.Count == 0 ? null : (long)Math.Clamp(known.Sum(v => (decimal)(v ?? 0)), long.MinValue, long.MaxValue);
    }

    private void DrawColumn(SvgBuilder svg, PlotArea plot, TimeAxis time, int column, Stack stack)
    {
        var (left, step) = (time.Start(column), time.End(column) - time.Start(column));
        var width = time.BarWidth(column, Widest);
        var x = left + ((step - width) / 2);
        svg.Open("g", $"class=\"col\"").Hover(Lines(column, stack));
        svg.Empty("rect", $"class=\"hit\" x=\"{left}\" y=\"{plot.Top}\" width=\"{step}\" height=\"{plot.Height}\"");

        // What is too small to see is drawn one pixel high: nothing and next to nothing are not the same.
        var up = stack.Above > 0 ? Math.Max(1, Least / (plot.Zero - plot.Y(stack.Above))) : 1;
        var down = stack.Below < 0 ? Math.Max(1, Least / (plot.Y(stack.Below) - plot.Zero)) : 1;
        foreach (var (series, from, to) in stack.Parts)
        {
            var (near, far) = (plot.Y(from) - plot.Zero, plot.Y(to) - plot.Zero);
            var stretch = to > from ? up : down;
            var (y, height) = (plot.Zero + (Math.Min(near, far) * stretch), Math.Abs(far - near) * stretch);
            if (height >= 0.01)
            {
                svg.Empty("rect", $"class=\"s{series}\" data-series=\"{series}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
            }
        }

        svg.Close("g");
    }

    // The topmost series first, as the eye meets them.
    private IEnumerable<string> Lines(int column, Stack stack)
    {
        yield return $"{Buckets.Label(column)}: {Measure.Format(stack.Sum)}";
        if (Series.Count > 1)
        {
            foreach (var series in Series.Where(s => s.Values[column] is not null).Reverse())
            {
                yield return $"{Measure.Format(series.Values[column] ?? 0)}  {TextWidth.Fit(series.Name, 400)}";
            }
        }
    }
}
