using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>One bar that is the whole, cut into its parts.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Amounts">The parts in the order to show; the smallest of too many are added up. What is not positive has no part.</param>
/// <param name="Measure">What they are.</param>
internal sealed record ShareBar(string Title, string Description, IReadOnlyList<Amount> Amounts, Measure Measure) : Chart(Title, Description)
{
    private const double BarHeight = 36;
    private const double Space = 14;
    private const double Padding = 6;
    private const double Least = 0.1;

    /// <summary>What to say where there is nothing.</summary>
    public string Nothing { get; init; } = "Nothing to divide.";

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var positive = Amounts.Where(a => a.Value > 0).ToList();
        var parts = positive.Count > StyleSheet.SeriesCount ? Amount.Fold(positive, StyleSheet.SeriesCount) : positive;
        if (parts.Count == 0)
        {
            canvas.Note(canvas.Top + BarHeight, Nothing);
            return canvas.Top + (2 * BarHeight);
        }

        var total = parts.Sum(a => (decimal)a.Value);
        var x = canvas.Left;
        for (var i = 0; i < parts.Count; i++)
        {
            var width = canvas.Width * (double)(parts[i].Value / total);
            DrawPart(canvas, parts[i], i, (x, width), Figures.Percent(parts[i].Value, total));
            x += width;
        }

        var legend = new Legend(parts.Select((a, i) => new LegendEntry(a.Name, $"{Measure.Format(a.Value)} · {Figures.Percent(a.Value, total)}", i)), canvas.Width);
        legend.Draw(canvas.Svg, canvas.Left, canvas.Top + BarHeight + Space);
        return canvas.Top + BarHeight + Space + legend.Height;
    }

    // Neighbours are parted by a line of the page's colour.
    private void DrawPart(Canvas canvas, Amount part, int color, (double X, double Width) place, string share)
    {
        var svg = canvas.Svg;
        var width = Math.Max(Least, place.Width > 3 ? place.Width - 1 : place.Width);
        svg.Open("g", $"data-series=\"{color}\"").Hover([part.Name, $"{Measure.Format(part.Value)}, {share}"]);
        svg.Empty("rect", $"class=\"s{color}\" x=\"{place.X}\" y=\"{canvas.Top}\" width=\"{width}\" height=\"{BarHeight}\"");
        var label = TextWidth.Of(part.Name) + (2 * Padding) <= width ? part.Name : share;
        if (TextWidth.Of(label) + (2 * Padding) <= width)
        {
            svg.Text("text", $"class=\"on-s{color}\" x=\"{place.X + Padding}\" y=\"{canvas.Top + (BarHeight / 2) + 4}\"", label);
        }

        svg.Close("g");
    }
}
