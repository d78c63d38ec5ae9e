using CostReport.Cli.Charts;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Output;

/// <summary>Writes a report for a terminal, or as plain text for a file.</summary>
internal sealed class TextReport(TextWriter writer, Screen screen)
{
    private const string Indent = "  ";
    private const int MostBarLines = 10;
    private const int Gutter = 4;
    private const int NarrowestHalf = 56;
    private const int WidestPair = 164;

    /// <summary>Writes the report.</summary>
    public void Write(Report report)
    {
        Line(Ansi.Paint(Fit(report.Title), Tone.Strong, screen.HasColor));
        if (report.Subtitle.Length > 0)
        {
            Wrapped(new Cell(report.Subtitle, Tone.Muted), "");
        }

        for (var i = 0; i < report.Sections.Count; i++)
        {
            if (i + 1 < report.Sections.Count && TryBeside(report.Sections[i], report.Sections[i + 1]))
            {
                i++;
            }
            else
            {
                Write(report.Sections[i]);
            }
        }
    }

    // Two sections share their lines where neither loses a column by it.
    private bool TryBeside(Section left, Section right)
    {
        var half = screen with { Width = (Math.Min(screen.Width, WidestPair) - Gutter) / 2 };
        if (screen.Width == Screen.Unlimited || half.Width < NarrowestHalf || !left.IsCompact || !right.IsCompact || !Fits(left, half) || !Fits(right, half))
        {
            return false;
        }

        var (first, second) = (LinesOf(left, half), LinesOf(right, half));
        for (var i = 0; i < Math.Max(first.Length, second.Length); i++)
        {
            var (text, beside) = (i < first.Length ? first[i] : "", i < second.Length ? second[i] : "");
            Line(beside.Length == 0 ? text : text + new string(' ', half.Width + Gutter - CellText.Width(Ansi.Strip(text))) + beside);
        }

        return true;
    }

    private bool Fits(Section section, Screen half) =>
        (section.Bars.Count <= MostBarLines || ColumnText.Fits(section.Bars, half.DrawingWidth - Indent.Length)) && FitsTable(section, half);

    private bool FitsTable(Section section, Screen half) => section.Table is not { } table
        || TableLayout.Of(table, half.TableWidth - Indent.Length, text => CellText.Width(Fit(text))).LeftOut.Count == 0;

    private static string[] LinesOf(Section section, Screen half)
    {
        using var text = new StringWriter();
        new TextReport(text, half).Write(section);
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    private void Write(Section section)
    {
        Line("");
        if (section.Heading is { } heading)
        {
            Line(Ansi.Paint(CellText.Shorten(Fit(heading), screen.TableWidth, screen.Ascii), Tone.Strong, screen.HasColor));
        }

        WriteFacts(section.Facts);
        WriteBars(section.Bars);
        WritePhases(section.Phases);
        if (section.Table is { } table)
        {
            new TextTable(writer, screen).Write(table, Indent);
        }

        foreach (var note in section.Notes)
        {
            Wrapped(note, Indent);
        }
    }

    private void WriteFacts(IReadOnlyList<Fact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        var label = facts.Max(f => CellText.Width(Fit(f.Label))) + 2;
        var left = Indent.Length + label;
        var value = Math.Min(facts.Max(f => CellText.Width(Fit(f.Value))), Math.Max(12, (screen.DrawingWidth - left) / 2)) + 2;
        foreach (var fact in facts)
        {
            var head = Indent + CellText.Pad(Fit(fact.Label), label, toTheRight: false);
            var text = Fit(fact.Value);
            var detail = Fit(fact.Detail);
            var column = left + Math.Max(value, CellText.Width(text) + 2);
            if (detail.Length == 0)
            {
                Line(head + Ansi.Paint(text, fact.Tone, screen.HasColor));
                continue;
            }

            // A long value gives its line to itself; the detail follows below.
            var fits = column + 20 <= screen.DrawingWidth;
            var lines = CellText.Wrap(detail, screen.DrawingWidth - (fits ? column : left));
            var first = Ansi.Paint(text, fact.Tone, screen.HasColor);
            Line(fits ? head + first + new string(' ', column - left - CellText.Width(text)) + lines[0] : head + first);
            foreach (var line in lines.Skip(fits ? 1 : 0))
            {
                Line(new string(' ', fits ? column : left) + line);
            }
        }
    }

    private void WriteBars(IReadOnlyList<Bar> bars)
    {
        if (bars.Count == 0)
        {
            return;
        }

        if (bars.Count > MostBarLines)
        {
            foreach (var line in ColumnText.Lines(bars, screen.DrawingWidth - Indent.Length, screen.Ascii))
            {
                Line(Indent + Ansi.Bar(line, screen.HasColor));
            }

            return;
        }

        var label = bars.Max(b => CellText.Width(Fit(b.Label)));
        var text = bars.Max(b => CellText.Width(b.Text));
        var width = screen.DrawingWidth - Indent.Length - label - text - 4;
        var greatest = bars.Max(b => b.Value);
        foreach (var bar in bars)
        {
            var drawn = BarText.Horizontal(greatest == 0 ? 0 : (double)bar.Value / greatest, width, screen.Ascii);
            Line($"{Indent}{CellText.Pad(Fit(bar.Label), label, false)}  {CellText.Pad(bar.Text, text, true)}  {Ansi.Bar(drawn, screen.HasColor)}".TrimEnd());
        }
    }

    private void WritePhases(IReadOnlyList<Bar> phases)
    {
        if (phases.Count == 0)
        {
            return;
        }

        var label = phases.Max(p => CellText.Width(Fit(p.Label)));
        var text = phases.Max(p => p.Text.Length);
        var width = screen.DrawingWidth - Indent.Length - label - text - 4;
        var whole = Math.Max(1, phases.Max(p => p.Start + p.Value));
        foreach (var phase in phases)
        {
            var drawn = BarText.Floating((double)phase.Start / whole, (double)phase.Value / whole, width, screen.Ascii);
            Line($"{Indent}{CellText.Pad(Fit(phase.Label), label, false)}  {phase.Text.PadLeft(text)}  {Ansi.Bar(drawn, screen.HasColor)}");
        }
    }

    private void Wrapped(Cell text, string indent)
    {
        foreach (var line in CellText.Wrap(Fit(text.Text), screen.DrawingWidth - indent.Length))
        {
            Line(indent + Ansi.Paint(line, text.Tone, screen.HasColor));
        }
    }

    private string Fit(string text) => CellText.Fit(text, screen.Ascii);

    private void Line(string text)
    {
        writer.Write(text);
        writer.Write('\n');
    }
}
