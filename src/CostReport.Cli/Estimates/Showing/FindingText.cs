using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Findings;

namespace CostReport.Cli.Estimates.Showing;

/// <summary>Findings in words.</summary>
internal static class FindingText
{
    /// <summary>The name of a severity, for programs and for people.</summary>
    public static string Name(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>How a severity looks.</summary>
    public static Tone Tone(Severity severity) => severity switch
    {
        Severity.Error => Documents.Tone.Bad,
        Severity.Warning => Documents.Tone.Doubtful,
        _ => Documents.Tone.Plain,
    };

    /// <summary>A finding as a paragraph.</summary>
    public static Cell Line(Finding finding)
    {
        var place = finding.Place is { } known ? $" at {known}" : "";
        return new Cell($"{Name(finding.Severity)} {finding.Code}{place}: {finding.Message}", Tone(finding.Severity));
    }
}
