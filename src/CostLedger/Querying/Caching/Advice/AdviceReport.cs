using CostLedger.Querying.Caching.Findings;

namespace CostLedger.Querying.Caching.Advice;

/// <summary>An answer to "what would save money at the prompt cache".</summary>
/// <param name="Advice">What to do, the most money first.</param>
/// <param name="Calls">The calls that were looked at: those that told what was cached of them.</param>
/// <param name="IsCut">Whether older calls of the period were not looked at.</param>
/// <param name="UnreadWrites">
/// What was written to the cache and never read, and what that cost more than plain input: at least so much. Counted is what lies behind
/// the last breakpoint that a later call's prompt holds before the lifetime is over.
/// </param>
public sealed record AdviceReport(IReadOnlyList<CacheAdvice> Advice, long Calls, bool IsCut, CacheLoss UnreadWrites);
