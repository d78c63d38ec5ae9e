namespace CostReport.Cli.Charts;

/// <summary>Names the series above the plot, in as many rows as they need.</summary>
internal sealed class Legend
{
    private const double FontSize = 12;
    private const double Swatch = 10;
    private const double Gap = 6;
    private const double Space = 20;
    private const double RowHeight = 20;
    private const int LongestName = 44;

    private readonly List<(double X, int Row, string Name)> _entries = [];

    /// <summary>Places the names.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="width">The width there is.</param>
    public Legend(ColumnChart chart, double width)
    {
        var (x, row) = (0.0, 0);
        foreach (var series in chart.Series)
        {
            var name = $"{TextWidth.Shorten(series.Name, LongestName)} {chart.Format((long)Math.Min(series.Sum, long.MaxValue))}";
            var needed = Swatch + Gap + TextWidth.Of(name, FontSize);
            if (x > 0 && x + needed > width)
            {
                (x, row) = (0, row + 1);
            }

            _entries.Add((x, row, name));
            x += needed + Space;
        }
    }

    /// <summary>The height of all rows.</summary>
    public double Height => _entries.Count == 0 ? 0 : (_entries[^1].Row + 1) * RowHeight;

    /// <summary>Draws it.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="left">The left edge.</param>
    /// <param name="top">The upper edge.</param>
    public void Draw(SvgBuilder svg, double left, double top)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var (x, row, name) = _entries[i];
            var y = top + (row * RowHeight);
            svg.Empty("rect", $"class=\"s{i}\" x=\"{left + x}\" y=\"{y}\" width=\"{Swatch}\" height=\"{Swatch}\" rx=\"2\"");
            svg.Text("text", $"x=\"{left + x + Swatch + Gap}\" y=\"{y + Swatch - 0.5}\"", name);
        }
    }
}
