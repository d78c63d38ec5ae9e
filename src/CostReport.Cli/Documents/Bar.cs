namespace CostReport.Cli.Documents;

/// <summary>One bar of a chart.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">Its size; not negative.</param>
/// <param name="Text">Its size in words.</param>
/// <param name="Start">Where it begins, in the unit of its size.</param>
internal sealed record Bar(string Label, long Value, string Text, long Start = 0);
