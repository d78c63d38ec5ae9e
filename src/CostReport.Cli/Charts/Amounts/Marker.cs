namespace CostReport.Cli.Charts.Amounts;

/// <summary>A value that a histogram points out.</summary>
/// <param name="Name">What it is, such as <c>p95</c>.</param>
/// <param name="Value">The value.</param>
internal sealed record Marker(string Name, long Value);
