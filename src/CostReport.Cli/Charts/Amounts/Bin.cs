namespace CostReport.Cli.Charts.Amounts;

/// <summary>How many values lie between two.</summary>
/// <param name="From">The lower one, inclusive.</param>
/// <param name="To">The upper one, exclusive but in the last bin.</param>
/// <param name="Count">How many.</param>
internal sealed record Bin(decimal From, decimal To, long Count);
