using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>Areas as large as their amounts.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Amounts">The amounts in any order; the smallest of too many are added up. What is not positive has no area.</param>
/// <param name="Measure">What they are.</param>
internal sealed record Treemap(string Title, string Description, IReadOnlyList<Amount> Amounts, Measure Measure) : Chart(Title, Description)
{
    private const double Height = 360;
    private const double Padding = 7;
    private const double LineHeight = 16;
    private const int RestColor = 7;
    private const int LeastLength = 10;

    // From the accent downwards: what is large is strong, as in a map of heat, and no colour means a name.
    private const int Shades = StyleSheet.HeatCount - 1;

    /// <summary>How many areas there are at most.</summary>
    public int Most { get; init; } = 40;

    /// <summary>What to say where there is nothing.</summary>
    public string Nothing { get; init; } = "Nothing to divide.";

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var amounts = Amount.Fold([.. Amounts.Where(a => a.Value > 0)], Most).OrderByDescending(a => a.Value).ToList();
        if (amounts.Count == 0)
        {
            canvas.Note(canvas.Top + (Height / 2), Nothing);
            return canvas.Top + Height;
        }

        var total = amounts.Sum(a => (decimal)a.Value);
        var boxes = Squares.Of([.. amounts.Select(a => (double)a.Value)], new Squares.Box(canvas.Left, canvas.Top, canvas.Width, Height));
        for (var i = 0; i < amounts.Count; i++)
        {
            var shade = Math.Max(0, Shades - 1 - (int)(i * (double)Shades / Math.Max(Shades, amounts.Count)));
            DrawBox(canvas.Svg, amounts[i], boxes[i], amounts[i].IsRest ? $"s{RestColor}" : $"t{shade}", total);
        }

        return canvas.Top + Height;
    }

    private void DrawBox(SvgBuilder svg, Amount amount, Squares.Box box, string color, decimal total)
    {
        var share = Figures.Percent(amount.Value, total);
        var figure = $"{Measure.Format(amount.Value)} · {share}";
        var (width, height) = (Math.Max(0.1, box.Width - 1), Math.Max(0.1, box.Height - 1));
        svg.Open("g", $"class=\"box\"").Hover([amount.Name, figure]);
        svg.Empty("rect", $"class=\"{color}\" x=\"{box.X}\" y=\"{box.Y}\" width=\"{width}\" height=\"{height}\"");
        var space = width - (2 * Padding);
        var name = TextWidth.Fit(amount.Name, space, bold: true);
        if (name.Length >= Math.Min(amount.Name.Length, LeastLength) && height >= LineHeight + Padding)
        {
            svg.Text("text", $"class=\"n on-{color}\" x=\"{box.X + Padding}\" y=\"{box.Y + Padding + 10}\"", name);
            if (height >= (2 * LineHeight) + Padding && TextWidth.Of(figure) <= space)
            {
                svg.Text("text", $"class=\"on-{color}\" x=\"{box.X + Padding}\" y=\"{box.Y + Padding + 10 + LineHeight}\"", figure);
            }
        }

        svg.Close("g");
    }
}
