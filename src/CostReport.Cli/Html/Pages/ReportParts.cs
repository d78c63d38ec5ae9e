using CostReport.Cli.Documents;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Tables;
using CostReport.Cli.Output;

namespace CostReport.Cli.Html.Pages;

/// <summary>The parts of any report, as they are on a page.</summary>
internal static class ReportParts
{
    // How many characters fit beside each other on a sheet of A4, in the print's size.
    private const int Paper = 92;

    /// <summary>Writes a section of a report.</summary>
    /// <param name="html">The page.</param>
    /// <param name="section">The section.</param>
    /// <param name="id">Begins the ids in it.</param>
    public static void Write(HtmlWriter html, Section section, string id)
    {
        if (section.Heading is { } heading)
        {
            html.Add($"<h3>{heading}</h3>\n");
        }

        PageParts.Pairs(html, section.Facts);
        Bars(html, section.Bars);
        Bars(html, section.Phases);
        if (section.Table is { } table)
        {
            TableOf(table, $"{id}-{(section.Heading ?? "table").ToLowerInvariant().Replace(' ', '-')}", section.Heading ?? "Table").Write(html);
        }

        PageParts.Notes(html, section.Notes);
    }

    /// <summary>A table of a report.</summary>
    /// <param name="table">The table.</param>
    /// <param name="id">Its id on the page.</param>
    /// <param name="caption">What it is a table of.</param>
    public static HtmlTable TableOf(Table table, string id, string caption)
    {
        var main = MainColumns(table);
        return new HtmlTable(
            id,
            caption,
            [.. table.Columns.Select((c, i) => c.IsBar ? HtmlColumn.Bars() : new HtmlColumn(c.Name) { IsFigure = c.IsFigure, IsExtra = !main.Contains(i) })],
            [.. table.Rows.Select(r => Row(table, r))])
        {
            Footer = table.Footer is { } footer ? Row(table, footer) : null,
            IsFixed = table.Footer is not null,
        };
    }

    // Those that a terminal as wide as a sheet of paper would show.
    private static IReadOnlyList<int> MainColumns(Table table)
    {
        var columns = table.Columns.Select((c, i) => c.IsBar ? c with { Importance = 0 } : c.IsFigure || c.Least > LongText.Whole ? c : c with { Least = LongText.Whole });
        return TableLayout.Of(table with { Columns = [.. columns] }, Paper, CellText.Width).Shown;
    }

    private static IReadOnlyList<HtmlCell> Row(Table table, IReadOnlyList<Cell> row) =>
        [.. row.Select((cell, i) => table.Columns[i].IsBar ? HtmlCell.Bar(cell.Share) : HtmlCell.Of(cell) with { Key = table.Columns[i].IsFigure ? SpokenNumber.Of(cell.Text) : null })];

    private static void Bars(HtmlWriter html, IReadOnlyList<Bar> bars)
    {
        if (bars.Count == 0)
        {
            return;
        }

        var greatest = Math.Max(1, bars.Max(b => b.Start + b.Value));
        html.Add($"<div class=\"scroll\"><table><tbody>\n");
        foreach (var bar in bars)
        {
            html.Add($"<tr><th scope=\"row\"{Class(bar.Label)}>{new ShownName(bar.Label)}</th><td class=\"n\">{bar.Text}</td><td class=\"x\">{HtmlCell.Bar((double)bar.Value / greatest).Content}</td></tr>\n");
        }

        html.Add($"</tbody></table></div>\n");
    }

    private static SafeHtml Class(string label) => LongText.Class(label) is { Length: > 0 } wrap ? SafeHtml.Of($" class=\"{wrap}\"") : default;
}
