using CostLedger.Records;

namespace CostLedger.Querying.Latency;

/// <summary>How long answers took.</summary>
/// <param name="Totals">All of them.</param>
/// <param name="By">The dimensions that were asked for.</param>
/// <param name="Groups">The groups: by time where a dimension is a time, else most answers first; empty without dimensions.</param>
/// <param name="Slowest">The ten whole answers that took longest, longest first.</param>
public sealed record LatencyReport(
    LatencyTotals Totals,
    IReadOnlyList<Grouping> By,
    IReadOnlyList<LatencyGroup> Groups,
    IReadOnlyList<CallRecord> Slowest)
{
    /// <summary>
    /// How many of all answers took how long, the shortest time first: what a histogram is made of. As exact as the percentiles
    /// of <see cref="LatencyTotals.Duration"/>.
    /// </summary>
    public IReadOnlyList<DurationCount> Durations { get; init; } = [];
}
