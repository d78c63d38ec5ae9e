using CostLedger.Querying;
using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Conversations;
using CostLedger.Querying.Latency;
using CostLedger.Records;
using CostReport.Cli.Html.Calls;
using CostReport.Cli.Reports;
using CostReport.Cli.Summaries;
using CostReport.Cli.Times;

namespace CostReport.Cli.Html.Data;

/// <summary>What the ledger knows of a period, as far as a page tells it.</summary>
internal sealed record PageData
{
    /// <summary>The period.</summary>
    public required Period Period { get; init; }

    /// <summary>Which calls.</summary>
    public required CallFilter Filter { get; init; }

    /// <summary>Whether time is cut into hours, else into days.</summary>
    public required bool IsHourly { get; init; }

    /// <summary>The sums by hour or day, model and status.</summary>
    public required UsageReport Usage { get; init; }

    /// <summary>The sums that the summary is folded from: by hour or day, model, status and error.</summary>
    public required UsageReport Summed { get; init; }

    /// <summary>The sums of the period before by hour or day, model and status; null where there is none.</summary>
    public UsageReport? Before { get; init; }

    /// <summary>The sums by hour.</summary>
    public IReadOnlyList<UsageGroup> Hours { get; init; } = [];

    /// <summary>The sums by session.</summary>
    public IReadOnlyList<UsageGroup> Sessions { get; init; } = [];

    /// <summary>The sums by conversation.</summary>
    public IReadOnlyList<UsageGroup> Conversations { get; init; } = [];

    /// <summary>The sums by status and error.</summary>
    public IReadOnlyList<UsageGroup> Errors { get; init; } = [];

    /// <summary>The latency by <see cref="LatencyUnit"/>.</summary>
    public required LatencyReport Latency { get; init; }

    /// <summary>What time is cut into where latency is told.</summary>
    public GroupKind LatencyUnit { get; init; } = GroupKind.Day;

    /// <summary>The latency by model.</summary>
    public required LatencyReport LatencyByModel { get; init; }

    /// <summary>The attempts that cost most, the dearest first.</summary>
    public IReadOnlyList<CallRecord> Dearest { get; init; } = [];

    /// <summary>The last attempts, the last one first.</summary>
    public IReadOnlyList<CallRecord> Recent { get; init; } = [];

    /// <summary>The last attempts that failed, the last one first.</summary>
    public IReadOnlyList<CallRecord> Failed { get; init; } = [];

    /// <summary>The attempts that are told in full.</summary>
    public IReadOnlyList<CallStory> Stories { get; init; } = [];

    /// <summary>What broke the cache, the dearest reason first; empty where nothing is known.</summary>
    public IReadOnlyList<ReasonTotals> Reasons { get; init; } = [];

    /// <summary>Why the cache was not read, the dearest reason first.</summary>
    public IReadOnlyList<CacheBreakRow> Breaks => [.. Reasons.Select(CacheBreakRow.Of)];

    /// <summary>The breaks that lost most, the worst first.</summary>
    public IReadOnlyList<FoundBreak> WorstBreaks { get; init; } = [];

    /// <summary>What would have saved money; null where it was not looked for.</summary>
    public AdviceReport? Advice { get; init; }

    /// <summary>Conversations as their prompts show them; null where these were not looked at.</summary>
    public ConversationReport? Threads { get; init; }

    /// <summary>The whole answers that took longest, the slowest first.</summary>
    public IReadOnlyList<CallRecord> Slowest { get; init; } = [];

    /// <summary>The program's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The calls that began after the present; null for none.</summary>
    public ClockAhead? Ahead { get; init; }

    /// <summary>What the summary tells of the same calls, which need not be gone through again for it.</summary>
    public SummaryData ToSummary() => new()
    {
        Period = Period,
        Usage = Summed,
        Before = Before is null || Summed.Totals.Attempts == 0 ? null : Before with { By = SummaryReader.ByModel, Groups = Totals.Fold(Before.Groups, 1) },
        Sessions = Sessions,
        Errors = Errors,
        Latency = LatencyByModel.Totals,
        Ahead = Ahead,
        Breaks = Summed.Totals.CacheWrites() > 0 ? Reasons : [],
    };
}
