namespace CostReport.Cli.Documents;

/// <summary>What is shown, without how: no terminal, no file format.</summary>
/// <param name="Title">The title.</param>
/// <param name="Subtitle">What it is about: usually the period.</param>
/// <param name="Sections">The parts.</param>
internal sealed record Report(string Title, string Subtitle, IReadOnlyList<Section> Sections);
