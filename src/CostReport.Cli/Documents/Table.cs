namespace CostReport.Cli.Documents;

/// <summary>A table.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; each has a cell for every column.</param>
/// <param name="Footer">The row of totals; null for none.</param>
internal sealed record Table(
    IReadOnlyList<Column> Columns,
    IReadOnlyList<IReadOnlyList<Cell>> Rows,
    IReadOnlyList<Cell>? Footer = null)
{
    /// <summary>How many of many rows are shown, the others being told in one: a single other takes no more space than its own row.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="most">How many there is space for beside that of the others.</param>
    public static int Shown(int count, int most) => count <= most + 1 ? count : most;
}
