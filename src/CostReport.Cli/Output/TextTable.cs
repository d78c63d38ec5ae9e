using System.Text;
using CostReport.Cli.Charts;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Output;

/// <summary>Writes a table with characters, as wide as the screen allows.</summary>
internal sealed class TextTable(TextWriter writer, Screen screen)
{
    /// <summary>Writes the table.</summary>
    public void Write(Table table, string indent)
    {
        var layout = TableLayout.Of(table, screen.TableWidth - indent.Length, text => CellText.Width(Fit(text)));
        var rule = indent + new string(screen.Ascii ? '-' : '─', Math.Max(1, layout.Width));
        Row(table, layout, [.. table.Columns.Select(c => new Cell(c.Name, Tone.Muted))], indent);
        Line(Ansi.Paint(rule, Tone.Muted, screen.HasColor));
        foreach (var row in table.Rows)
        {
            Row(table, layout, row, indent);
        }

        if (table.Footer is { } footer)
        {
            Line(Ansi.Paint(rule, Tone.Muted, screen.HasColor));
            Row(table, layout, footer, indent);
        }

        if (layout.LeftOut.Count > 0)
        {
            var note = $"No space for: {string.Join(", ", layout.LeftOut)}.";
            foreach (var line in CellText.Wrap(Fit(note), screen.DrawingWidth - indent.Length))
            {
                Line(indent + Ansi.Paint(line, Tone.Muted, screen.HasColor));
            }
        }
    }

    private void Row(Table table, TableLayout layout, IReadOnlyList<Cell> cells, string indent)
    {
        var line = new StringBuilder(indent);
        for (var i = 0; i < layout.Shown.Count; i++)
        {
            var column = layout.Shown[i];
            line.Append(' ', i == 0 ? 0 : TableLayout.Gap).Append(Draw(table.Columns[column], cells[column], layout.WidthOf(column)));
        }

        Line(line.ToString().TrimEnd());
    }

    private string Draw(Column column, Cell cell, int width)
    {
        if (column.IsBar)
        {
            var bar = BarText.Horizontal(cell.Share, width, screen.Ascii);
            return Ansi.Bar(bar, screen.HasColor) + new string(' ', Math.Max(0, width - bar.Length));
        }

        var text = Fit(cell.Text);
        text = column.IsFigure ? text : CellText.Shorten(text, width, screen.Ascii);
        var padding = new string(' ', Math.Max(0, width - CellText.Width(text)));
        var painted = Ansi.Paint(text, cell.Tone, screen.HasColor);
        return column.IsFigure ? padding + painted : painted + padding;
    }

    private string Fit(string text) => CellText.Fit(text, screen.Ascii);

    private void Line(string text)
    {
        writer.Write(text);
        writer.Write('\n');
    }
}
