using CostLedger.Querying;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Latency;
using CostLedger.Querying.Overviews;
using CostLedger.Records;
using CostReport.Cli.Charts;
using CostReport.Cli.Html.Calls;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.Statistics;
using CostReport.Cli.Summaries;
using CostReport.Cli.Times;

namespace CostReport.Cli.Html.Data;

/// <summary>Asks a ledger for what a page tells.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="prices">Today's prices.</param>
internal sealed class PageReader(ILedgerSource ledger, IPriceSource prices)
{
    private const int MostListed = 100;
    private const int MostFailed = 50;
    private const int DearestTold = 20;
    private const int RecentTold = 15;
    private const int FailedTold = 10;
    private const int WorstTold = 25;
    private const int SlowestTold = 10;
    private static readonly string[] s_failed = ["error", "timeout", "truncated", "interrupted"];

    /// <summary>The program's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>How many attempts are put into conversations at most: that takes some two kilobytes each.</summary>
    public int MostTraced { get; init; } = 40_000;

    /// <summary>How many attempts are looked at for advice at most.</summary>
    public int MostAdvised { get; init; } = 100_000;

    /// <summary>Reads what there is.</summary>
    /// <param name="filter">Which calls.</param>
    /// <param name="period">The period, which the filter holds too.</param>
    public PageData Read(CallFilter filter, Period period)
    {
        var (time, summary) = (CostColumns.By(period), SummaryReader.By(period));
        var isSame = time.Kind == summary[0].Kind;
        var unit = LatencyChart.UnitFor(period);
        var overview = ledger.Overview(new OverviewQuestion
        {
            Filter = filter,
            Zone = period.Zone,
            Usage =
            [
                summary, [new(GroupKind.Hour)], [new(GroupKind.Session)], [new(GroupKind.Conversation)],
                .. isSame ? (IReadOnlyList<Grouping>[])[] : [[time, new(GroupKind.Model), new(GroupKind.Status)]],
            ],
            Latency = [[new(unit)], [new(GroupKind.Model)]],
            Dearest = MostListed,
            Slowest = SlowestTold,
        });
        var (latency, latencyUnit) = Coarse(overview.Latency[0], unit, filter, period);
        var recent = ledger.Calls(filter, MostListed).Reverse().ToList();
        var totals = overview.Usage[0].Totals;
        var failed = filter.Statuses.Count > 0 || totals.Errors == 0
            ? []
            : ledger.Calls(filter with { Statuses = s_failed }, MostFailed).Reverse().ToList();
        var data = new PageData
        {
            Period = period,
            Filter = filter,
            IsHourly = time.Kind == GroupKind.Hour,
            Usage = overview.Usage[isSame ? 0 : ^1],
            Summed = overview.Usage[0],
            Before = Before(filter, period, time),
            Hours = overview.Usage[1].Groups,
            Sessions = overview.Usage[2].Groups,
            Conversations = overview.Usage[3].Groups,
            Errors = SummaryReader.ErrorsOf(overview.Usage[0].Groups),
            Latency = latency,
            LatencyUnit = latencyUnit,
            LatencyByModel = overview.Latency[1],
            Dearest = overview.Dearest,
            Slowest = overview.Slowest,
            Recent = recent,
            Failed = failed,
            Stories = Stories(overview.Dearest, recent, failed),
            Ahead = ClockAhead.Find(ledger, filter, period),
            Version = Version,
        };
        return totals.Attempts == 0 ? data : WithPrompts(data, totals.Attempts);
    }

    // To look at every prompt of a great ledger takes too long, and commands tell it one by one. What needs most memory comes first.
    private PageData WithPrompts(PageData data, long attempts)
    {
        var threads = attempts <= MostTraced ? ledger.Conversations(data.Filter) : null;
        var advice = attempts <= MostAdvised ? ledger.CacheAdvice(data.Filter, prices.Book(null)) : null;
        var cache = ledger.Cache(data.Filter with { OnlyCacheBreaks = true }, [], data.Period.Zone, new BreakChoice { Most = WorstTold });
        return data with
        {
            Threads = threads,
            Advice = advice,
            Reasons = [.. cache.Reasons.Where(r => !r.IsMissed)],
            WorstBreaks = cache.Breaks,
        };
    }

    private UsageReport? Before(CallFilter filter, Period period, Grouping time) => period.Before is { } before
        ? ledger.Usage(
            filter with { Since = before.Since, Until = before.Until },
            [time, new(GroupKind.Model), new(GroupKind.Status)],
            period.Zone)
        : null;

    // Days of many years are too many to tell apart.
    private (LatencyReport Report, GroupKind Unit) Coarse(LatencyReport report, GroupKind unit, CallFilter filter, Period period) =>
        LatencyChart.NeedsMonths(report.Groups.Select(g => g.Key[0]), unit)
            ? (ledger.Overview(new OverviewQuestion { Filter = filter, Zone = period.Zone, Latency = [[new(GroupKind.Month)]] }).Latency[0], GroupKind.Month)
            : (report, unit);

    private List<CallStory> Stories(IReadOnlyList<CallRecord> dearest, IReadOnlyList<CallRecord> recent, IReadOnlyList<CallRecord> failed) =>
    [
        .. dearest.Take(DearestTold).Concat(failed.Take(FailedTold)).Concat(recent.Take(RecentTold))
            .DistinctBy(c => c.Id)
            .Select(c => CallStory.Of(c, ledger, prices)),
    ];
}
