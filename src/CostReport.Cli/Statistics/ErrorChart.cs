using CostLedger.Querying.Errors;
using CostLedger.Records.Errors;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>Makes the picture of what failed how often. What the caller canceled has not failed.</summary>
internal static class ErrorChart
{
    /// <summary>Makes the chart.</summary>
    public static Ranking Of(ErrorReport report, Period period) => new(
        "Failed attempts by kind of error",
        $"{Wording.Of(period)}. {Figures.Count(report.Totals.Count)} of {Figures.Count(report.Attempts, "attempt")} failed.",
        [
            .. report.Groups
                .Where(group => group.Category != ErrorCategory.Canceled)
                .GroupBy(group => group.ErrorType ?? group.Category.Name(), StringComparer.Ordinal)
                .Select(kind => new Amount(kind.Key, kind.Sum(group => group.Totals.Count))),
        ],
        Measure.Count)
    {
        Whole = report.Attempts,
        Nothing = report.Attempts == 0 ? "No calls in this period." : "Nothing failed in this period.",
    };
}
