using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Marks;

/// <summary>Names the series, in as many rows as they need.</summary>
internal sealed class Legend
{
    private const double Swatch = 10;
    private const double LineLength = 18;
    private const double Gap = 6;
    private const double Space = 20;
    private const double RowHeight = 20;
    private const double LongestName = 280;

    private readonly List<(double X, int Row, LegendEntry Entry, string Name)> _entries = [];

    /// <summary>Places the names.</summary>
    /// <param name="entries">The names.</param>
    /// <param name="width">The width there is.</param>
    public Legend(IEnumerable<LegendEntry> entries, double width)
    {
        var (x, row) = (0.0, 0);
        foreach (var entry in entries)
        {
            var value = entry.Value.Length == 0 ? 0 : Gap + TextWidth.Of(entry.Value);
            var mark = MarkWidth(entry) + Gap;
            var name = TextWidth.Fit(entry.Name, Math.Min(LongestName, width - mark - value));
            var needed = mark + TextWidth.Of(name) + value;
            if (x > 0 && x + needed > width)
            {
                (x, row) = (0, row + 1);
            }

            _entries.Add((x, row, entry, name));
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
            var (offset, row, entry, name) = _entries[i];
            var (x, y) = (left + offset, top + (row * RowHeight));
            svg.Open("g", $"data-legend=\"{i}\"");
            if (!string.Equals(name, entry.Name, StringComparison.Ordinal))
            {
                svg.Hover(entry.Name);
            }

            DrawMark(svg, entry, x, y);
            x += MarkWidth(entry) + Gap;
            svg.Text("text", $"x=\"{x}\" y=\"{y + Swatch - 0.5}\"", name);
            if (entry.Value.Length > 0)
            {
                svg.Text("text", $"class=\"s\" x=\"{x + TextWidth.Of(name) + Gap}\" y=\"{y + Swatch - 0.5}\"", entry.Value);
            }

            svg.Close("g");
        }
    }

    private static double MarkWidth(LegendEntry entry) => entry.Line is null ? Swatch : LineLength;

    private static void DrawMark(SvgBuilder svg, LegendEntry entry, double x, double y)
    {
        if (entry.Line is { } line)
        {
            svg.Empty("path", $"class=\"l l{entry.Color} {line}\" d=\"M{x + 1} {y + (Swatch / 2)}h{LineLength - 2}\"");
        }
        else
        {
            svg.Empty("rect", $"class=\"s{entry.Color} {entry.Area}\" x=\"{x}\" y=\"{y}\" width=\"{Swatch}\" height=\"{Swatch}\" rx=\"2\"");
        }
    }
}
