using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Marks;

/// <summary>Names lines where they end, at the right of the plot; a name nobody has to look up in a legend.</summary>
internal sealed class EndLabels
{
    private const double RowHeight = 16;
    private const double Leader = 18;
    private const double Gap = 4;
    private const double LongestLeader = 40;
    private const double LargestShare = 0.25;
    private const int Most = 6;

    private readonly IReadOnlyList<string> _names;

    /// <summary>Sees whether there is space.</summary>
    /// <param name="names">The names, of any length.</param>
    /// <param name="width">The width of the picture.</param>
    /// <param name="height">The height of the plot.</param>
    public EndLabels(IReadOnlyList<string> names, double width, double height)
    {
        var space = (width * LargestShare) - Leader - Gap;
        _names = names;
        Fit = names.Count is > 1 and <= Most && names.Count * RowHeight <= height && names.All(n => n.Length > 0 && TextWidth.Of(n) <= space);
        Width = Fit ? Leader + Gap + names.Max(n => TextWidth.Of(n)) : 0;
    }

    /// <summary>Whether the names fit here, none of them shortened; else a legend has to name the lines. One line needs no name beside the title.</summary>
    public bool Fit { get; }

    /// <summary>The space they need.</summary>
    public double Width { get; }

    /// <summary>Draws the names of the lines that have an end.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="plot">The plot that they stand beside.</param>
    /// <param name="ends">The last point of each line, the number of its colour, and how high it lies in all: lines that end in one point are named from the highest.</param>
    public void Draw(SvgBuilder svg, PlotArea plot, IReadOnlyList<((double X, double Y)? End, int Color, decimal Height)> ends)
    {
        if (!Fit)
        {
            return;
        }

        var shown = Enumerable.Range(0, ends.Count).Where(i => ends[i].End is not null).OrderByDescending(i => ends[i].Height).ToList();
        var wishes = shown.Select(i => ends[i].End.GetValueOrDefault().Y).ToList();
        var places = Spread.Of(wishes, RowHeight, plot.Top, plot.Bottom) ?? wishes;
        foreach (var n in Enumerable.Range(0, shown.Count).OrderBy(n => shown[n]))
        {
            var (i, y, color) = (shown[n], places[n], ends[shown[n]].Color);
            var (fromX, fromY) = ends[i].End.GetValueOrDefault();
            svg.Open("g", $"data-legend=\"{i}\"");
            // A leader across the plot would look like the line going on: who ended early has a dot there and a dash here.
            if (plot.Right - fromX <= LongestLeader)
            {
                svg.Empty("path", $"class=\"l l{color} thin\" stroke-opacity=\"0.5\" d=\"M{fromX + 3} {fromY}L{Math.Max(fromX + 3, plot.Right + 4)} {fromY}L{plot.Right + Leader - 2} {y}\"");
            }
            else
            {
                svg.Empty("circle", $"class=\"s{color}\" cx=\"{fromX}\" cy=\"{fromY}\" r=\"3.5\"");
                svg.Empty("path", $"class=\"l l{color}\" d=\"M{plot.Right + 6} {y}h{Leader - 8}\"");
            }

            svg.Text("text", $"x=\"{plot.Right + Leader + Gap - 2}\" y=\"{y + 4}\"", _names[i]).Close("g");
        }
    }
}
