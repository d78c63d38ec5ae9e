using CostReport.Cli.Documents;

namespace CostReport.Cli.Summaries;

/// <summary>A part of the summary below its figures.</summary>
/// <param name="Rank">How much it matters; the lowest number the most.</param>
/// <param name="Forms">The part, and shorter forms of it for a low screen.</param>
/// <param name="Brief">What a line can say of it where no form has space; null for nothing.</param>
internal sealed record SummaryPart(int Rank, IReadOnlyList<Section> Forms, Fact? Brief = null)
{
    /// <summary>What it is called within a sentence.</summary>
    public string Name => Forms[0].Heading is { Length: > 0 } heading ? char.ToLowerInvariant(heading[0]) + heading[1..] : "";
}
