namespace CostReport.Cli.Documents;

/// <summary>One figure with its name.</summary>
/// <param name="Label">The name.</param>
/// <param name="Value">The figure.</param>
/// <param name="Detail">What to know about it.</param>
/// <param name="Tone">What the figure means.</param>
internal sealed record Fact(string Label, string Value, string Detail = "", Tone Tone = Tone.Plain);
