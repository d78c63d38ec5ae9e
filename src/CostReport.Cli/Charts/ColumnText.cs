using System.Text;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Charts;

/// <summary>Draws columns over time with characters, for more bars than have a line each.</summary>
internal static class ColumnText
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";
    private const string Ascii = " .:|";
    private const int Rows = 7;
    private const int WidestColumn = 6;
    private const int AxisMarks = 2;

    /// <summary>Whether every bar has a column.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="width">The width in characters, the axis included.</param>
    public static bool Fits(IReadOnlyList<Bar> bars, int width) => bars.Count <= SpaceOf(bars, width);

    /// <summary>Draws bars as columns, the latest where not all fit.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="width">The width in characters, the axis included.</param>
    /// <param name="ascii">Whether to use ASCII only.</param>
    /// <returns>The lines.</returns>
    public static IReadOnlyList<string> Lines(IReadOnlyList<Bar> bars, int width, bool ascii)
    {
        var greatest = bars.MaxBy(b => b.Value)!;
        var axis = greatest.Text.Length + AxisMarks;
        var space = SpaceOf(bars, width);
        var shown = bars.Count > space ? [.. bars.Skip(bars.Count - space)] : bars;
        var step = Math.Min(space / shown.Count, WidestColumn);
        var marks = ascii ? Ascii : Eighths;
        var full = marks.Length - 1;
        var lines = new List<string>();
        for (var row = Rows - 1; row >= 0; row--)
        {
            var label = row == Rows - 1 ? greatest.Text : row == 0 ? "0" : "";
            var line = new StringBuilder(label.PadLeft(axis - AxisMarks)).Append(ascii ? "|" : "┤");
            foreach (var bar in shown)
            {
                var cell = marks[Level(bar.Value, greatest.Value, row, full)];
                line.Append(cell, Math.Max(1, step - 1)).Append(' ', step > 1 ? 1 : 0);
            }

            lines.Add(line.ToString().TrimEnd());
        }

        lines.Add(Labels(shown, axis - 1, step, width));
        return lines;
    }

    private static int SpaceOf(IReadOnlyList<Bar> bars, int width) => Math.Max(1, width - bars.MaxBy(b => b.Value)!.Text.Length - AxisMarks);

    // How much of a character cell a column fills, in marks.
    private static int Level(long value, long greatest, int row, int full)
    {
        if (value <= 0 || greatest <= 0)
        {
            return 0;
        }

        var height = Math.Max(1, (int)Math.Round((double)value / greatest * Rows * full));
        return Math.Clamp(height - (row * full), 0, full);
    }

    // A label that would begin in the one before, or end beyond the edge, is left out.
    private static string Labels(IReadOnlyList<Bar> bars, int left, int step, int width)
    {
        var line = new StringBuilder(new string(' ', left));
        for (var i = 0; i < bars.Count; i++)
        {
            var at = left + (i * step);
            if (at >= line.Length && (i == 0 || (at - line.Length >= 2 && at + bars[i].Label.Length <= width)))
            {
                line.Append(' ', at - line.Length).Append(bars[i].Label);
            }
        }

        return line.ToString();
    }
}
