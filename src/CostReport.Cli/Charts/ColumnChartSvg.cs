namespace CostReport.Cli.Charts;

/// <summary>Draws stacked columns as SVG text: one chart in, the same text out, always.</summary>
internal static class ColumnChartSvg
{
    private const double Width = 960;
    private const double PlotHeight = 320;
    private const double Margin = 20;
    private const double TitleHeight = 44;
    private const double AxisHeight = 30;
    private const double FontSize = 12;
    private const double LabelGap = 12;
    private const double LeastHeight = 1;
    private const double Headroom = 22;
    private const int MostTicks = 5;

    /// <summary>Draws a chart.</summary>
    public static string Draw(ColumnChart chart)
    {
        var folded = chart.Folded();
        var legend = new Legend(folded, Width - (2 * Margin));
        var top = TitleHeight + legend.Height + Headroom;
        var height = top + PlotHeight + AxisHeight + Margin;
        var svg = new SvgBuilder();
        svg.Open("svg", $"xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"chart-title chart-desc\"");
        svg.Text("title", $"id=\"chart-title\"", folded.Title);
        svg.Text("desc", $"id=\"chart-desc\"", folded.Description);
        svg.Style(Palette.Css);
        svg.Empty("rect", $"class=\"bg\" width=\"100%\" height=\"100%\"");
        svg.Text("text", $"class=\"h\" x=\"{Margin}\" y=\"30\"", folded.Title);
        if (folded.Labels.Count == 0 || folded.Series.Count == 0)
        {
            svg.Text("text", $"class=\"e c s\" x=\"{Width / 2}\" y=\"{top + (PlotHeight / 2)}\"", "No calls in this period.");
            return svg.Close("svg").ToString();
        }

        legend.Draw(svg, Margin, TitleHeight);
        var ticks = Ticks.Upto(Enumerable.Range(0, folded.Labels.Count).Max(folded.Height), MostTicks);
        var axis = ticks.Max(t => TextWidth.Of(folded.FormatTick(t), FontSize));
        var plot = new PlotArea(Margin + axis + 8, top, Width - Margin, top + PlotHeight, ticks[^1], folded.Labels.Count);
        DrawGrid(svg, folded, plot, ticks);
        DrawColumns(svg, folded, plot);
        if (ticks is [_, 1] && folded.Series.All(s => s.Sum == 0))
        {
            svg.Text("text", $"class=\"e c s\" x=\"{Width / 2}\" y=\"{top + (PlotHeight / 2)}\"", "Nothing in this period cost anything.");
        }

        DrawLabels(svg, folded, plot);
        return svg.Close("svg").ToString();
    }

    private static void DrawGrid(SvgBuilder svg, ColumnChart chart, PlotArea plot, IReadOnlyList<long> ticks)
    {
        var hasValues = Enumerable.Range(0, chart.Labels.Count).Any(c => chart.Height(c) > 0);
        foreach (var tick in ticks)
        {
            var y = Math.Round(plot.Y(tick)) + 0.5;
            var line = tick == 0 ? "b" : "g";
            svg.Empty("line", $"class=\"{line}\" x1=\"{plot.Left}\" x2=\"{plot.Right}\" y1=\"{y}\" y2=\"{y}\"");
            if (tick == 0 || hasValues)
            {
                svg.Text("text", $"class=\"s r\" x=\"{plot.Left - 8}\" y=\"{y + 4}\"", chart.FormatTick(tick));
            }
        }
    }

    private static void DrawColumns(SvgBuilder svg, ColumnChart chart, PlotArea plot)
    {
        var gap = plot.Step >= 4 ? Math.Min(plot.Step * 0.25, 14) : 0;
        var width = Math.Min(plot.Step - gap, 90);
        for (var column = 0; column < chart.Labels.Count; column++)
        {
            var whole = chart.Height(column);
            if (chart.Series.All(s => s.Values[column] is null))
            {
                continue;
            }

            svg.Open("g", $"class=\"col\"");
            svg.Text("title", $"", Hover(chart, column, whole));
            svg.Empty("rect", $"class=\"hit\" x=\"{plot.Center(column) - (plot.Step / 2)}\" y=\"{plot.Top}\" width=\"{plot.Step}\" height=\"{plot.Bottom - plot.Top}\"");
            DrawStack(svg, chart, plot, column, (plot.Center(column) - (width / 2), width));
            var label = chart.Format((long)Math.Min(whole, long.MaxValue));
            if (whole > 0 && TextWidth.Of(label, FontSize) + 4 <= plot.Step)
            {
                svg.Text("text", $"class=\"c\" x=\"{plot.Center(column)}\" y=\"{Math.Min(plot.Y(whole), plot.Bottom - LeastHeight) - 6}\"", label);
            }

            svg.Close("g");
        }
    }

    // A column that is too small to see is drawn one pixel high: nothing and next to nothing are not the same.
    private static void DrawStack(SvgBuilder svg, ColumnChart chart, PlotArea plot, int column, (double X, double Width) place)
    {
        var below = 0m;
        var whole = chart.Height(column);
        var stretch = whole > 0 ? Math.Max(1, LeastHeight / (plot.Bottom - plot.Y(whole))) : 1;
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var value = Math.Max(0, (decimal)(chart.Series[i].Values[column] ?? 0));
            var (from, to) = (plot.Bottom - plot.Y(below), plot.Bottom - plot.Y(below + value));
            below += value;
            if (value > 0 && (to - from) * stretch >= 0.01)
            {
                var (x, y, height) = (place.X, plot.Bottom - (to * stretch), (to - from) * stretch);
                svg.Empty("rect", $"class=\"s{i}\" x=\"{x}\" y=\"{y}\" width=\"{place.Width}\" height=\"{height}\"");
            }
        }
    }

    private static void DrawLabels(SvgBuilder svg, ColumnChart chart, PlotArea plot)
    {
        var widest = chart.Labels.Max(l => TextWidth.Of(l, FontSize));
        var stride = (int)Math.Ceiling((widest + LabelGap) / plot.Step);
        for (var column = 0; column < chart.Labels.Count; column += stride)
        {
            var half = TextWidth.Of(chart.Labels[column], FontSize) / 2;
            var x = Math.Clamp(plot.Center(column), Math.Min(half, plot.Left), Width - (Margin / 2) - half);
            svg.Text("text", $"class=\"s c\" x=\"{x}\" y=\"{plot.Bottom + 20}\"", chart.Labels[column]);
        }
    }

    private static string Hover(ColumnChart chart, int column, decimal whole)
    {
        var parts = chart.Series
            .Where(s => s.Values[column] is not null)
            .Select(s => $"{TextWidth.Shorten(s.Name, 60)} {chart.Format(s.Values[column] ?? 0)}");
        return $"{chart.Labels[column]}: {chart.Format((long)Math.Min(whole, long.MaxValue))} ({string.Join(", ", parts)})";
    }
}
