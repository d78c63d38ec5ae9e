using CostLedger.Querying.Caching.Findings;
using CostLedger.Records;

namespace CostReport.Cli.Html.Data;

/// <summary>Why calls read less of the prompt cache than was expected.</summary>
/// <param name="Reason">What broke it.</param>
/// <param name="Segment">Where in the prompt; null when not known.</param>
/// <param name="Count">How often.</param>
/// <param name="TokensLost">The tokens that were not read for it.</param>
/// <param name="CostLost">What they cost beyond reading them; null without a price.</param>
/// <param name="Call">The dearest of the calls.</param>
internal sealed record CacheBreakRow(string Reason, string? Segment, long Count, long TokensLost, NanoUsd? CostLost, CallId Call)
{
    /// <summary>What was lost for one reason.</summary>
    public static CacheBreakRow Of(ReasonTotals reason) => new(
        reason.Reason,
        reason.Worst.Lost.Place,
        reason.Loss.Count,
        reason.Loss.Tokens,
        reason.Loss.Unpriced < reason.Loss.Count ? reason.Loss.Cost : null,
        reason.Worst.Id);
}
