using CostLedger.Querying.Latency;
using CostLedger.Records;

namespace CostLedger.Querying.Overviews;

/// <summary>Several answers about the same attempts, all from one state of the ledger.</summary>
/// <param name="Usage">The sums, one report for each of <see cref="OverviewQuestion.Usage"/>, in their order.</param>
/// <param name="Latency">
/// The latency, one report for each of <see cref="OverviewQuestion.Latency"/>: answers, failed and cancelled attempts, the duration
/// and the first token; what else <see cref="LatencyTotals"/> can tell is not measured.
/// </param>
/// <param name="Dearest">The attempts that cost most, the dearest first; of two that cost as much, the earlier one. Without a cost, none.</param>
/// <param name="Slowest">The whole answers that took longest, the slowest first; of two that took as long, the earlier one.</param>
public sealed record Overview(
    IReadOnlyList<UsageReport> Usage,
    IReadOnlyList<LatencyReport> Latency,
    IReadOnlyList<CallRecord> Dearest,
    IReadOnlyList<CallRecord> Slowest);
