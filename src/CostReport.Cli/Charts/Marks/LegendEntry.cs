namespace CostReport.Cli.Charts.Marks;

/// <summary>One name in a legend.</summary>
/// <param name="Name">The name, of any length.</param>
/// <param name="Value">A figure behind it; empty for none.</param>
/// <param name="Color">The number of its colour.</param>
/// <param name="Line">The class of the line that it stands for; null where it stands for an area.</param>
/// <param name="Area">The class of the area besides the colour's.</param>
internal sealed record LegendEntry(string Name, string Value, int Color, string? Line = null, string Area = "");
