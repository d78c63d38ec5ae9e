using CostLedger.Querying;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Latency;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Summaries;

/// <summary>What the ledger knows of a period, as far as the summary tells it.</summary>
internal sealed record SummaryData
{
    /// <summary>The period.</summary>
    public required Period Period { get; init; }

    /// <summary>The sums by day, or hour where the period is short, model, status and error.</summary>
    public required UsageReport Usage { get; init; }

    /// <summary>The sums of the period before by model; null where there is none.</summary>
    public UsageReport? Before { get; init; }

    /// <summary>The sums by session.</summary>
    public IReadOnlyList<UsageGroup> Sessions { get; init; } = [];

    /// <summary>The sums by status and error.</summary>
    public IReadOnlyList<UsageGroup> Errors { get; init; } = [];

    /// <summary>How long answers took.</summary>
    public LatencyTotals Latency { get; init; } = new();

    /// <summary>The calls that began after the present; null for none.</summary>
    public ClockAhead? Ahead { get; init; }

    /// <summary>What broke the prompt cache, the dearest reason first.</summary>
    public IReadOnlyList<ReasonTotals> Breaks { get; init; } = [];
}
