namespace CostReport.Cli.Charts.OverTime;

/// <summary>The area between two lines of a chart.</summary>
/// <param name="One">The number of one line, which gives the colour.</param>
/// <param name="Other">The number of the other.</param>
internal sealed record Band(int One, int Other);
