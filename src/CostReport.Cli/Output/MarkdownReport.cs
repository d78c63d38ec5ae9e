using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Output;

/// <summary>Writes a report as Markdown (GitHub's tables).</summary>
internal sealed class MarkdownReport(TextWriter writer)
{
    private const char Steady = '\u00A0';
    private const string Special = @"\`*_{}[]<>#|~&!";

    // GitHub looks for names to notify after it has read escapes of any kind: only something between keeps them apart.
    private const string AtNobody = "@&#8203;";

    /// <summary>Writes the report.</summary>
    public void Write(Report report)
    {
        Line($"## {Escape(report.Title)}");
        if (report.Subtitle.Length > 0)
        {
            Line("");
            Line(Escape(report.Subtitle));
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
            Line($"### {Escape(heading)}");
        }

        if (section.Facts.Count > 0)
        {
            Line("");
            foreach (var fact in section.Facts)
            {
                Line($"- {Escape(fact.Label)}: **{Escape(fact.Value)}**{(fact.Detail.Length > 0 ? " " + Escape(fact.Detail) : "")}");
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
            Line(Escape(note.Text));
        }
    }

    private void Write(Table table)
    {
        var columns = Enumerable.Range(0, table.Columns.Count).Where(i => !table.Columns[i].IsBar).ToList();
        Line("");
        Row(columns.Select(i => Escape(table.Columns[i].Name)));
        writer.Write("|");
        foreach (var i in columns)
        {
            writer.Write(table.Columns[i].IsFigure ? " ---: |" : " --- |");
        }

        Line("");
        foreach (var row in table.Rows)
        {
            Row(columns.Select(i => table.Columns[i].IsDrawing ? Drawing(row[i].Text) : Escape(row[i].Text)));
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
    private static string Strong(string text) => string.IsNullOrWhiteSpace(text) ? "" : $"**{Escape(text.Trim())}**";

    // Spaces of a cell are joined, those of code at its ends are cut; these are neither.
    private static string Drawing(string text) => string.IsNullOrWhiteSpace(text) ? "" : $"`{text.Replace(' ', Steady)}`";

    private static string Escape(string text)
    {
        var clean = SafeText.Clean(text);
        var escaped = new StringBuilder(clean.Length + 8);
        for (var i = 0; i < clean.Length; i++)
        {
            // An underscore inside a word is only an underscore.
            var isBehindLetter = i > 0 && char.IsLetterOrDigit(clean[i - 1]);
            var isBeforeLetter = i + 1 < clean.Length && char.IsLetterOrDigit(clean[i + 1]);
            if (clean[i] == '@' && isBeforeLetter && !isBehindLetter)
            {
                escaped.Append(AtNobody);
                continue;
            }

            var isInWord = clean[i] == '_' && isBehindLetter && isBeforeLetter;
            escaped.Append(Special.Contains(clean[i], StringComparison.Ordinal) && !isInWord ? "\\" : "").Append(clean[i]);
        }

        return escaped.ToString();
    }

    private void Line(string text)
    {
        writer.Write(text);
        writer.Write('\n');
    }
}
