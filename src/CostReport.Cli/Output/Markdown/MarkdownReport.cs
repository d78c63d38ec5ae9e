using CostReport.Cli.Documents;

namespace CostReport.Cli.Output.Markdown;

/// <summary>Writes a report as Markdown (GitHub's tables).</summary>
internal sealed class MarkdownReport(TextWriter writer)
{
    private const char Steady = '\u00A0';

    /// <summary>Writes the report.</summary>
    public void Write(Report report)
    {
        Line($"## {MarkdownText.Of(report.Title)}");
        if (report.Subtitle.Length > 0)
        {
            Line("");
            Line(MarkdownText.Of(report.Subtitle));
        }

        foreach (var section in report.Sections)
        {
            Write(section);
        }
    }

    private void Write(Section section)
    {
        if (section.Heading is { } heading)
        {
            Line("");
            Line($"### {MarkdownText.Of(heading)}");
        }

        if (section.Facts.Count > 0)
        {
            Line("");
            foreach (var fact in section.Facts)
            {
                Line($"- {MarkdownText.Of(fact.Label)}: **{MarkdownText.Of(fact.Value)}**{(fact.Detail.Length > 0 ? " " + MarkdownText.Of(fact.Detail) : "")}");
            }
        }

        var bars = section.Bars.Concat(section.Phases).ToList();
        if (bars.Count > 0)
        {
            Write(new Table([Column.Words("", Column.Always), new Column("", Column.Always)], [.. bars.Select(IReadOnlyList<Cell> (b) => [b.Label, b.Text])]));
        }

        if (section.Table is { } table)
        {
            Write(table);
        }

        foreach (var note in section.Notes)
        {
            Line("");
            Line(MarkdownText.Of(note.Text));
        }
    }

    private void Write(Table table)
    {
        var columns = Enumerable.Range(0, table.Columns.Count).Where(i => !table.Columns[i].IsBar).ToList();
        Line("");
        Row(columns.Select(i => MarkdownText.Of(table.Columns[i].Name)));
        writer.Write("|");
        foreach (var i in columns)
        {
            writer.Write(table.Columns[i].IsFigure ? " ---: |" : " --- |");
        }

        Line("");
        foreach (var row in table.Rows)
        {
            Row(columns.Select(i => table.Columns[i].IsDrawing ? Drawing(row[i].Text) : MarkdownText.Of(row[i].Text)));
        }

        if (table.Footer is { } footer)
        {
            Row(columns.Select(i => table.Columns[i].IsDrawing ? Drawing(footer[i].Text) : Strong(footer[i].Text)));
        }
    }

    private void Row(IEnumerable<string> cells)
    {
        writer.Write('|');
        foreach (var cell in cells)
        {
            writer.Write(cell.Length == 0 ? "  |" : $" {cell} |");
        }

        Line("");
    }

    // Between asterisks a space at either end would leave them as they are.
    private static string Strong(string text) => string.IsNullOrWhiteSpace(text) ? "" : $"**{MarkdownText.Of(text.Trim())}**";

    // Spaces of a cell are joined, those of code at its ends are cut; these are neither.
    private static string Drawing(string text) => string.IsNullOrWhiteSpace(text) ? "" : $"`{text.Replace(' ', Steady)}`";

    private void Line(string text)
    {
        writer.Write(text);
        writer.Write('\n');
    }
}
