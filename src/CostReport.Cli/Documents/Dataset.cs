namespace CostReport.Cli.Documents;

/// <summary>Exact rows for programs, written as they come.</summary>
/// <param name="Name">What a row is, in the plural.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows; each has a value for every column.</param>
internal sealed record Dataset(string Name, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<Field>> Rows);
