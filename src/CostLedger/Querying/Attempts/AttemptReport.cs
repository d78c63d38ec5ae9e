namespace CostLedger.Querying.Attempts;

/// <summary>An answer to "what did failed, retried and abandoned attempts take".</summary>
/// <param name="Totals">The sums over all calls.</param>
/// <param name="By">The dimensions.</param>
/// <param name="Groups">The groups, sorted by their time dimensions first, then by wasted cost and wasted time, greatest first.</param>
/// <param name="Failures">What went wrong, most attempts first.</param>
/// <param name="Fallbacks">Changes of the model, most frequent first.</param>
/// <param name="Worst">The calls that wasted most: money first, then time; at most ten.</param>
public sealed record AttemptReport(
    AttemptTotals Totals,
    IReadOnlyList<Grouping> By,
    IReadOnlyList<AttemptGroup> Groups,
    IReadOnlyList<FailureGroup> Failures,
    IReadOnlyList<ModelFallback> Fallbacks,
    IReadOnlyList<AttemptExample> Worst);
