using CostReport.Cli.Documents;

namespace CostReport.Cli.Output;

/// <summary>
/// Decides which columns of a table are shown and how wide. Words are shortened first, then the least important columns go;
/// figures are shown whole or not at all.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>The space between two columns.</summary>
    public const int Gap = 2;

    private const int LeastBar = 8;
    private const int WidestBar = 24;

    private readonly List<int> _shown;
    private readonly int[] _widths;

    private TableLayout(List<int> shown, int[] widths, IReadOnlyList<string> leftOut)
    {
        _shown = shown;
        _widths = widths;
        LeftOut = leftOut;
    }

    /// <summary>The places of the columns that are shown.</summary>
    public IReadOnlyList<int> Shown => _shown;

    /// <summary>The names of the columns that are not.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The width of the whole table.</summary>
    public int Width => _shown.Sum(c => _widths[c]) + (Gap * Math.Max(0, _shown.Count - 1));

    /// <summary>The width of a column.</summary>
    public int WidthOf(int column) => _widths[column];

    /// <summary>Fits a table into a width.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">The width there is.</param>
    /// <param name="measure">Measures a cell's text.</param>
    public static TableLayout Of(Table table, int width, Func<string, int> measure)
    {
        var natural = table.Columns.Select((column, i) => column.IsBar ? WidestBar : Natural(table, i, measure)).ToArray();
        var shown = Enumerable.Range(0, table.Columns.Count).ToList();
        var leftOut = new List<string>();
        while (Least(table, shown, natural) > width && Unimportant(table, shown) is { } victim)
        {
            shown.Remove(victim);
            if (!table.Columns[victim].IsBar)
            {
                leftOut.Add(table.Columns[victim].Name);
            }
        }

        Shrink(table, shown, natural, width);
        return new TableLayout(shown, natural, leftOut);
    }

    private static int Natural(Table table, int column, Func<string, int> measure)
    {
        var widest = measure(table.Columns[column].Name);
        foreach (var row in table.Rows)
        {
            widest = Math.Max(widest, measure(row[column].Text));
        }

        return table.Footer is { } footer ? Math.Max(widest, measure(footer[column].Text)) : widest;
    }

    private static int Least(Table table, List<int> shown, int[] widths) =>
        shown.Sum(c => LeastWidth(table.Columns[c], widths[c])) + (Gap * (shown.Count - 1));

    private static int LeastWidth(Column column, int natural)
    {
        if (column.IsBar)
        {
            return LeastBar;
        }

        return column.IsFigure ? natural : Math.Min(natural, column.Least);
    }

    private static int? Unimportant(Table table, List<int> shown)
    {
        var least = shown.Where(c => table.Columns[c].Importance < Column.Always).OrderBy(c => table.Columns[c].Importance).ToList();
        return least.Count > 0 ? least[0] : null;
    }

    // Takes from the bars first, then a character at a time from the widest column of words.
    private static void Shrink(Table table, List<int> shown, int[] widths, int width)
    {
        var excess = shown.Sum(c => widths[c]) + (Gap * (shown.Count - 1)) - (long)width;
        while (excess > 0)
        {
            var candidates = shown.Where(c => widths[c] > LeastWidth(table.Columns[c], widths[c])).ToList();
            if (candidates.Count == 0)
            {
                return;
            }

            var widest = candidates.Find(c => table.Columns[c].IsBar) is var bar && candidates.Exists(c => table.Columns[c].IsBar)
                ? bar
                : candidates.MaxBy(c => widths[c]);
            widths[widest]--;
            excess--;
        }
    }
}
