using System.Globalization;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>A table whose cells are the darker (on a dark page, the lighter) the more is in them.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Rows">The names of the rows.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Values">A row of values for each name of a row; null where there is none.</param>
/// <param name="Measure">What they are.</param>
internal sealed record HeatMap(
    string Title, string Description, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<long?>> Values, Measure Measure)
    : Chart(Title, Description)
{
    private const double CellHeight = 28;
    private const double AxisHeight = 24;
    private const double LegendHeight = 34;
    private const double Gap = 8;
    private const double Widest = 80;
    private const double LegendCell = 64;
    private const double LeastName = 24;
    private const double Between = 4;
    private const double SmallFont = 10;

    private static readonly string[] s_days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Hours of the day by days of the week.</summary>
    /// <param name="title">The title.</param>
    /// <param name="description">What the picture shows.</param>
    /// <param name="values">For each day from Monday a value for each of 24 hours; an hour that comes twice is added up.</param>
    /// <param name="measure">What they are.</param>
    public static HeatMap OfWeek(string title, string description, IReadOnlyList<IReadOnlyList<long?>> values, Measure measure) =>
        new(title, description, s_days, [.. Enumerable.Range(0, 24).Select(h => h.ToString("00", CultureInfo.InvariantCulture))], values, measure);

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var steps = new HeatSteps(Values.SelectMany(r => r).Select(v => v ?? 0), Measure);
        var names = Rows.Select(r => TextWidth.Fit(r, canvas.Width / 4)).ToList();
        var left = canvas.Left + names.Select(n => TextWidth.Of(n)).DefaultIfEmpty().Max() + Gap;
        var width = Math.Min(Widest, (canvas.Right - left) / Math.Max(1, Columns.Count));
        var hasText = Values.SelectMany(r => r).All(v => v is null || TextWidth.Of(Text(v.Value), SmallFont) + 12 <= width);
        for (var row = 0; row < Rows.Count; row++)
        {
            var y = canvas.Top + (row * CellHeight);
            canvas.Svg.Text("text", $"class=\"s r\" x=\"{left - Gap}\" y=\"{y + (CellHeight / 2) + 4}\"", names[row]);
            for (var column = 0; column < Columns.Count; column++)
            {
                DrawCell(canvas.Svg, (row, column), (left + (column * width), y, width), steps, hasText);
            }
        }

        var bottom = canvas.Top + (Rows.Count * CellHeight);
        DrawColumnNames(canvas.Svg, left, width, bottom);
        DrawLegend(canvas.Svg, (left, bottom + AxisHeight + Gap), Math.Min(LegendCell, (canvas.Right - left) / steps.Count), steps);
        return bottom + AxisHeight + Gap + LegendHeight;
    }

    private string Text(long value) => value == 0 ? "0" : Measure.Format(value);

    private void DrawCell(SvgBuilder svg, (int Row, int Column) cell, (double X, double Y, double Width) place, HeatSteps steps, bool hasText)
    {
        var (width, height) = (place.Width - 2, CellHeight - 2);
        if (Values[cell.Row][cell.Column] is not { } value)
        {
            svg.Empty("rect", $"class=\"hole\" x=\"{place.X + 1.5}\" y=\"{place.Y + 1.5}\" width=\"{width - 1}\" height=\"{height - 1}\"");
            return;
        }

        var color = steps.Color(steps.Of(value));
        svg.Open("g", $"class=\"cell\"").Hover([$"{Rows[cell.Row]} {Columns[cell.Column]}", Measure.Format(value)]);
        svg.Empty("rect", $"class=\"t{color}\" x=\"{place.X + 1}\" y=\"{place.Y + 1}\" width=\"{width}\" height=\"{height}\"");
        if (hasText)
        {
            svg.Text("text", $"class=\"on-t{color} c m\" x=\"{place.X + (place.Width / 2)}\" y=\"{place.Y + (CellHeight / 2) + 4}\"", Text(value));
        }

        svg.Close("g");
    }

    private void DrawColumnNames(SvgBuilder svg, double left, double width, double bottom)
    {
        var names = Columns.Select(c => TextWidth.Fit(c, Math.Max(width, LeastName) - Between)).ToList();
        var widest = names.Select(n => TextWidth.Of(n)).DefaultIfEmpty().Max();
        var stride = Math.Max(1, (int)Math.Ceiling((widest + Between) / width));
        for (var column = 0; column < Columns.Count; column += stride)
        {
            svg.Text("text", $"class=\"s c\" x=\"{left + ((column + 0.5) * width)}\" y=\"{bottom + 17}\"", names[column]);
        }
    }

    // The figures stand at the edges between the colours.
    private void DrawLegend(SvgBuilder svg, (double Left, double Top) place, double width, HeatSteps steps)
    {
        for (var step = 0; step < steps.Count; step++)
        {
            svg.Empty("rect", $"class=\"t{steps.Color(step)}\" x=\"{place.Left + (step * width)}\" y=\"{place.Top}\" width=\"{width - 1}\" height=\"10\"");
        }

        for (var i = 0; i < steps.Edges.Count; i++)
        {
            svg.Text("text", $"class=\"s c\" x=\"{place.Left + ((i + 1) * width)}\" y=\"{place.Top + 25}\"", Measure.FormatTick(steps.Edges[i], steps.Edges[0]));
        }

        svg.Text("text", $"class=\"s\" x=\"{place.Left}\" y=\"{place.Top + 25}\"", Measure.FormatTick(0, 1));
    }
}
