using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>
/// Bars from the greatest to the smallest, each with its name before it and its figure behind it. The bar of what was added up is
/// broken where it would be longer than all others.
/// </summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Amounts">The amounts in any order; the smallest of too many are added up.</param>
/// <param name="Measure">What they are.</param>
internal sealed record Ranking(string Title, string Description, IReadOnlyList<Amount> Amounts, Measure Measure) : Chart(Title, Description)
{
    private const int RestColor = 7;
    private const double RowHeight = 26;
    private const double BarHeight = 16;
    private const double Gap = 8;
    private const double Least = 1;
    private const double LargestShare = 0.36;
    private const double BreakPlace = 0.8;
    private const double BreakWidth = 5;
    private const double BreakSlant = 5;

    /// <summary>How many bars there are at most.</summary>
    public int Most { get; init; } = 15;

    /// <summary>What shares are of; null: of all bars together.</summary>
    public long? Whole { get; init; }

    /// <summary>What to say where there is nothing.</summary>
    public string Nothing { get; init; } = "No calls in this period.";

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        if (Amounts.Count == 0)
        {
            canvas.Note(canvas.Top + (2 * RowHeight), Nothing);
            return canvas.Top + (4 * RowHeight);
        }

        var amounts = Amount.Fold(Amounts, Most);
        var texts = Texts(amounts);
        var names = amounts.Select(a => TextWidth.Fit(a.Name, canvas.Width * LargestShare)).ToList();
        var axis = canvas.Left + names.Max(n => TextWidth.Of(n)) + Gap;
        var space = canvas.Right - axis - texts.Max(t => TextWidth.Of(t)) - Gap;
        var (least, greatest) = Range(amounts);
        double Place(decimal value) => axis + (greatest == least ? 0 : space * (double)((value - least) / ((decimal)greatest - least)));

        for (var i = 0; i < amounts.Count; i++)
        {
            var row = new Row(amounts[i], names[i], texts[i], canvas.Top + (i * RowHeight));
            DrawRow(canvas, row, Place(0), Place(Math.Min(amounts[i].Value, greatest)), isBroken: amounts[i].Value > greatest);
        }

        var bottom = canvas.Top + (amounts.Count * RowHeight);
        var zero = Math.Round(Place(0)) + 0.5;
        canvas.Svg.Empty("line", $"class=\"b\" x1=\"{zero}\" x2=\"{zero}\" y1=\"{canvas.Top}\" y2=\"{bottom}\"");
        return bottom;
    }

    // As long as the longest name's bar is all there is space for: thousands of others together would leave nothing of the names.
    private static (long Least, long Greatest) Range(IReadOnlyList<Amount> amounts)
    {
        var named = amounts.Where(a => !a.IsRest).Max(a => a.Value);
        return (Math.Min(0, amounts.Min(a => a.Value)), named > 0 ? named : Math.Max(0, amounts.Max(a => a.Value)));
    }

    private static void DrawBreak(SvgBuilder svg, double x, double middle)
    {
        var (top, bottom) = (middle - (BarHeight / 2) - 1, middle + (BarHeight / 2) + 1);
        svg.Empty("path", $"class=\"bg\" d=\"M{x} {bottom}L{x + BreakSlant} {top}L{x + BreakSlant + BreakWidth} {top}L{x + BreakWidth} {bottom}Z\"");
    }

    private List<string> Texts(IReadOnlyList<Amount> amounts)
    {
        var whole = Whole ?? amounts.Sum(a => (decimal)a.Value);
        var hasShares = whole > 0 && (Whole is not null || amounts.Count > 1) && amounts.All(a => a.Value >= 0);
        var of = Whole is null ? "" : " of all";
        return [.. amounts.Select(a => Measure.Format(a.Value) + (hasShares ? $" · {Figures.Percent(a.Value, whole)}{of}" : ""))];
    }

    // The figure stands behind the bar, or behind zero where the bar goes the other way.
    private static void DrawRow(Canvas canvas, Row row, double zero, double end, bool isBroken)
    {
        var (svg, amount) = (canvas.Svg, row.Amount);
        var middle = row.Top + (RowHeight / 2);
        var width = amount.Value == 0 ? 0 : Math.Max(Least, Math.Abs(end - zero));
        var left = amount.Value < 0 ? zero - width : zero;
        var color = amount.IsRest ? RestColor : 0;
        svg.Open("g", $"class=\"col\"").Hover([amount.Name, row.Text]);
        svg.Empty("rect", $"class=\"hit\" x=\"{canvas.Left}\" y=\"{row.Top}\" width=\"{canvas.Width}\" height=\"{RowHeight}\"");
        svg.Text("text", $"x=\"{canvas.Left}\" y=\"{middle + 4}\"", row.Name);
        if (width > 0)
        {
            svg.Empty("rect", $"class=\"s{color}\" x=\"{left}\" y=\"{middle - (BarHeight / 2)}\" width=\"{width}\" height=\"{BarHeight}\"");
        }

        if (isBroken)
        {
            DrawBreak(svg, left + (width * BreakPlace), middle);
        }

        svg.Text("text", $"class=\"s\" x=\"{Math.Max(zero, left + width) + Gap}\" y=\"{middle + 4}\"", row.Text).Close("g");
    }

    private sealed record Row(Amount Amount, string Name, string Text, double Top);
}
