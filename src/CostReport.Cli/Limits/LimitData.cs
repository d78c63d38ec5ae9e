using CostLedger.Querying.Limits;
using CostLedger.Records;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Limits;

/// <summary>The history of rate limits, exact: a row for each limit and piece of time.</summary>
internal static class LimitData
{
    private static readonly string[] Columns =
        ["provider", "host", "scope", "model", "limit", "start", "max", "lowest", "remaining", "resets_at"];

    /// <summary>All points of all limits.</summary>
    public static Dataset Of(LimitReport report) => new(
        "points",
        Columns,
        report.Series.SelectMany(s => s.Points.Select(IReadOnlyList<Field> (p) =>
        [
            Field.Of(s.Provider.Name()), Field.Of(s.Host), Field.Of(s.Scope), Field.Of(s.Model), Field.Of(s.Kind),
            Field.Of(Times.Rfc3339.Utc(p.Start)), Field.Of(p.Limit), Field.Of(p.Lowest), Field.Of(p.Remaining),
            Field.Of(p.ResetsAt is { } resets ? Times.Rfc3339.Utc(resets) : null),
        ])));
}
