namespace CostLedger.Querying.Caching.Findings;

/// <summary>How often the provider's own cache diagnosis stood beside ours.</summary>
/// <param name="Ours">Our reason, as in <see cref="Records.CacheBreak.Reason"/>; null: nothing was lost.</param>
/// <param name="Theirs">The provider's, as in <see cref="Records.CacheVerdict.Reason"/>.</param>
/// <param name="Count">Calls.</param>
/// <param name="Match">Whether they say the same.</param>
public sealed record VerdictPair(string? Ours, string Theirs, long Count, VerdictMatch Match);
