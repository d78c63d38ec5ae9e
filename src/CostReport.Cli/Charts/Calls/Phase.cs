namespace CostReport.Cli.Charts.Calls;

/// <summary>A piece of a call's time.</summary>
/// <param name="Kind">What it was spent on.</param>
/// <param name="Name">What it is called: <c>headers</c>, <c>text</c>, <c>tool_use</c>.</param>
/// <param name="Start">When it began, from the start of the timeline.</param>
/// <param name="End">When it ended.</param>
internal sealed record Phase(PhaseKind Kind, string Name, TimeSpan Start, TimeSpan End);
