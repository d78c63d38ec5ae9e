using CostReport.Cli.Documents;
using CostReport.Cli.Html.Markup;

namespace CostReport.Cli.Html.Tables;

/// <summary>A table on a page, which the page's script lets a reader sort and filter.</summary>
/// <param name="Id">Its id on the page.</param>
/// <param name="Caption">What it is a table of.</param>
/// <param name="Columns">The columns; the first names the row.</param>
/// <param name="Rows">The rows; each has a cell for every column.</param>
internal sealed record HtmlTable(string Id, string Caption, IReadOnlyList<HtmlColumn> Columns, IReadOnlyList<IReadOnlyList<HtmlCell>> Rows)
{
    /// <summary>The row of totals; null for none.</summary>
    public IReadOnlyList<HtmlCell>? Footer { get; init; }

    /// <summary>The column that the rows are sorted by already, greatest first; null for none.</summary>
    public int? Sorted { get; init; }

    /// <summary>Whether a reader may sort and filter; a sum of terms stays as it is.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether the caption is to be seen; else it is there for screen readers alone.</summary>
    public bool HasCaption { get; init; }

    /// <summary>Writes the table.</summary>
    public void Write(HtmlWriter html)
    {
        html.Add($"<div class=\"scroll\" role=\"region\" aria-labelledby=\"{Id}-caption\" tabindex=\"0\"><table id=\"{Id}\"{Live()}>\n");
        html.Add($"<caption id=\"{Id}-caption\"{Hidden()}>{Caption}</caption>\n<thead><tr>");
        for (var i = 0; i < Columns.Count; i++)
        {
            WriteHeading(html, i);
        }

        html.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in Rows)
        {
            WriteRow(html, row);
        }

        html.Add($"</tbody>\n");
        if (Footer is { } footer)
        {
            html.Add($"<tfoot>");
            WriteRow(html, footer);
            html.Add($"</tfoot>\n");
        }

        html.Add($"</table></div>\n");
        var extra = string.Join(", ", Columns.Where(c => c.IsExtra && c.Name.Length > 0).Select(c => c.Name));
        if (extra.Length > 0)
        {
            html.Add($"<p class=\"left\">No space for: {extra}.</p>\n");
        }
    }

    private static SafeHtml Class(HtmlColumn column, Tone tone = Tone.Plain, string wrap = "")
    {
        var classes = new[] { column.IsFigure ? "n" : wrap, column.IsExtra ? "x" : "", ToneClass.Of(tone) };
        var all = string.Join(' ', classes.Where(c => c.Length > 0));
        return all.Length == 0 ? default : SafeHtml.Of($" class=\"{all}\"");
    }

    private static SafeHtml Key(HtmlCell cell) => cell.Key is { } key ? SafeHtml.Of($" data-v=\"{key}\"") : default;

    private SafeHtml Live() => IsFixed ? default : SafeHtml.Of($" data-live");

    private SafeHtml Hidden() => HasCaption ? default : SafeHtml.Of($" class=\"sr\"");

    private void WriteHeading(HtmlWriter html, int column)
    {
        var sort = Sorted == column ? SafeHtml.Of($" aria-sort=\"descending\"") : default;
        var still = Columns[column].CanSort ? default : SafeHtml.Of($" data-still");
        html.Add($"<th scope=\"col\"{Class(Columns[column])}{sort}{still}>{Columns[column].Name}</th>");
    }

    private void WriteRow(HtmlWriter html, IReadOnlyList<HtmlCell> row)
    {
        html.Add($"<tr>");
        for (var i = 0; i < row.Count; i++)
        {
            if (i == 0)
            {
                html.Add($"<th scope=\"row\"{Class(Columns[i], row[i].Tone, row[i].Break)}{Key(row[i])}>{row[i].Content}</th>");
            }
            else
            {
                html.Add($"<td{Class(Columns[i], row[i].Tone, row[i].Break)}{Key(row[i])}>{row[i].Content}</td>");
            }
        }

        html.Add($"</tr>\n");
    }
}
