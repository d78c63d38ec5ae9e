using CostLedger.Querying.Attempts;
using CostReport.Cli.Documents;
using CostReport.Cli.Statistics;

namespace CostReport.Cli.Attempts;

/// <summary>What attempts took, exact.</summary>
internal static class AttemptData
{
    private static readonly string[] Columns =
    [
        "calls", "attempts", "retries", "retried_calls", "cost_usd", "duration_seconds", "wasted_attempts", "wasted_seconds",
        "wasted_cost_usd", "wasted_unpriced", "waited_seconds", "retry_after_asked", "retry_after_early",
        "retry_after_early_seconds", "billed_twice_attempts", "billed_twice_at_risk_usd", "billed_twice_unknown", "fallback_calls",
    ];

    /// <summary>A row a group; without dimensions, one row of totals.</summary>
    public static Dataset Of(AttemptReport report)
    {
        IEnumerable<AttemptGroup> groups = report.By.Count == 0 ? [new AttemptGroup([], report.Totals)] : report.Groups;
        return new Dataset("groups", [.. report.By.Select(by => by.Name), .. Columns], groups.Select(Row));
    }

    private static IReadOnlyList<Field> Row(AttemptGroup group)
    {
        var t = group.Totals;
        return
        [
            .. group.Key.Select(Field.Of),
            Field.Of(t.Calls), Field.Of(t.Attempts), Field.Of(t.Retries), Field.Of(t.RetriedCalls),
            Field.Of(t.Cost), Field.Of(Seconds.Of(t.Duration)), Field.Of(t.Wasted.Attempts), Field.Of(Seconds.Of(t.WastedTime)),
            Field.Of(t.Wasted.Cost), Field.Of(t.Wasted.Unpriced), Field.Of(Seconds.Of(t.Waited)), Field.Of(t.RetryAfter.Asked), Field.Of(t.RetryAfter.Early),
            Field.Of(Seconds.Of(t.RetryAfter.EarlyBy)), Field.Of(t.BilledTwice.Attempts), Field.Of(t.BilledTwice.AtRisk), Field.Of(t.BilledTwice.Unknown),
            Field.Of(t.FallbackCalls),
        ];
    }
}
