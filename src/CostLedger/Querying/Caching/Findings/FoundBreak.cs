using CostLedger.Records;

namespace CostLedger.Querying.Caching.Findings;

/// <summary>A call that read less of the prompt cache than it could have.</summary>
/// <param name="Id">The call; it begins with the time.</param>
/// <param name="Provider">Who answered.</param>
/// <param name="Model">Its model; null when not known.</param>
/// <param name="Session">Its session; null when it has none.</param>
/// <param name="Conversation">
/// Its conversation as the application names it, else the id of the first call in the ledger that asked for an answer and whose prompt
/// begins with the same message; null when neither is known.
/// </param>
/// <param name="Lost">What was lost, where and why.</param>
public sealed record FoundBreak(CallId Id, Provider Provider, string? Model, string? Session, string? Conversation, CacheBreak Lost);
