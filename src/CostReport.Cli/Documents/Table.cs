namespace CostReport.Cli.Documents;

/// <summary>A table.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; each has a cell for every column.</param>
/// <param name="Footer">The row of totals; null for none.</param>
internal sealed record Table(
    IReadOnlyList<Column> Columns,
    IReadOnlyList<IReadOnlyList<Cell>> Rows,
    IReadOnlyList<Cell>? Footer = null);
