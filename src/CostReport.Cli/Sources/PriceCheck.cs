namespace CostReport.Cli.Sources;

/// <summary>What the check of a price file found.</summary>
/// <param name="Name">The file.</param>
/// <param name="Version">The list's version; null when it has faults.</param>
/// <param name="Rows">How many prices it holds.</param>
/// <param name="Faults">What is wrong, with the line and the place; line 0 where it is about the whole file.</param>
internal sealed record PriceCheck(string Name, string? Version, int Rows, IReadOnlyList<(int Line, string Place, string Message)> Faults);
