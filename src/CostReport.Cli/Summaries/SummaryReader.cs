using CostLedger.Querying;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Latency;
using CostLedger.Querying.Overviews;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.Times;

namespace CostReport.Cli.Summaries;

/// <summary>Asks a ledger for what the summary tells: one pass over the period, one over the period before.</summary>
internal static class SummaryReader
{
    /// <summary>The dimensions of the sums of the period before.</summary>
    public static readonly Grouping[] ByModel = [new(GroupKind.Model)];

    private static readonly Grouping[] BySession = [new(GroupKind.Session)];

    /// <summary>The dimensions that most of the summary is folded from: each report more would be paid for row by row.</summary>
    /// <param name="period">The period; a short one is told by the hour.</param>
    public static IReadOnlyList<Grouping> By(Period period) =>
        [new(CostTrend.IsHourly(period) ? GroupKind.Hour : GroupKind.Day), new(GroupKind.Model), new(GroupKind.Status), new(GroupKind.Error)];

    /// <summary>Reads what there is.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="filter">Which calls.</param>
    /// <param name="period">The period, which the filter holds too.</param>
    public static SummaryData Read(ILedgerSource ledger, CallFilter filter, Period period)
    {
        var overview = ledger.Overview(new OverviewQuestion
        {
            Filter = filter,
            Zone = period.Zone,
            Usage = [By(period), BySession],
            Latency = [[]],
        });
        var usage = overview.Usage[0];
        return new SummaryData
        {
            Period = period,
            Usage = usage,
            Before = usage.Totals.Attempts > 0 && period.Before is { } before
                ? ledger.Usage(filter with { Since = before.Since, Until = before.Until }, ByModel, period.Zone)
                : null,
            Sessions = overview.Usage[1].Groups,
            Errors = ErrorsOf(usage.Groups),
            Latency = overview.Latency.Count > 0 ? overview.Latency[0].Totals : new LatencyTotals(),
            Ahead = ClockAhead.Find(ledger, filter, period),
            Breaks = usage.Totals.CacheWrites() > 0 ? Breaks(ledger, filter, period) : [],
        };
    }

    /// <summary>The sums by status and error.</summary>
    /// <param name="groups">Sums by <see cref="By"/>.</param>
    public static IReadOnlyList<UsageGroup> ErrorsOf(IReadOnlyList<UsageGroup> groups) => Totals.Fold(groups, 2, 3);

    // Only calls that lost something are looked at: few, where all is well.
    private static IReadOnlyList<ReasonTotals> Breaks(ILedgerSource ledger, CallFilter filter, Period period) =>
        ledger.Cache(filter with { OnlyCacheBreaks = true }, [], period.Zone, new BreakChoice { Most = 0 }).Reasons;
}
