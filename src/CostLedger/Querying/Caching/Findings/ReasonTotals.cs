namespace CostLedger.Querying.Caching.Findings;

/// <summary>What was lost for one reason.</summary>
/// <param name="Reason">The reason, as in <see cref="Records.CacheBreak.Reason"/>.</param>
/// <param name="IsMissed">Whether these are no breaks: nothing was lost that a conversation had, and more could have been read.</param>
/// <param name="Loss">The sums.</param>
/// <param name="Worst">The call that lost most.</param>
public sealed record ReasonTotals(string Reason, bool IsMissed, CacheLoss Loss, FoundBreak Worst);
