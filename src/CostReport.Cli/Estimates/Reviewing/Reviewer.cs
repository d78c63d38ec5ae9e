using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Says of a request what a careful reviewer would.</summary>
internal static class Reviewer
{
    private static readonly Func<EstimatedRequest, IEnumerable<Finding>>[] Checks =
    [
        ModelChecks.Of, ParameterChecks.Of, SpellingChecks.Of, WindowChecks.Of, BreakpointChecks.Of, StabilityChecks.Of, ToolChecks.Of,
        MediaChecks.Of, ContentChecks.Of,
    ];

    /// <summary>The findings, the gravest first, then in the order of the request.</summary>
    public static IReadOnlyList<Finding> Review(EstimatedRequest request) =>
        [.. Checks.SelectMany(check => check(request)).OrderBy(finding => finding.Severity)];
}
