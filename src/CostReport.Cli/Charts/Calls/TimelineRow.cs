namespace CostReport.Cli.Charts.Calls;

/// <summary>One row of a timeline: an attempt, or a block of its answer.</summary>
/// <param name="Name">The name, of any length, with anything in it.</param>
/// <param name="Phases">The pieces of its time, which do not overlap, in order.</param>
/// <param name="IsInner">Whether it is a part of the row before.</param>
internal sealed record TimelineRow(string Name, IReadOnlyList<Phase> Phases, bool IsInner = false);
