namespace CostLedger.Records;

/// <summary>What the provider's own cache diagnosis said in the answer. It compares requests, not what was read.</summary>
/// <param name="Reason">
/// <c>none</c>: nothing differs, or nothing to compare with; <c>pending</c>: it was not finished; otherwise the API's type, such as
/// <c>tools_changed</c>, <c>messages_changed</c>, <c>previous_message_not_found</c> or <c>unavailable</c>.
/// </param>
/// <param name="MissedTokens">The input tokens behind the difference, as the provider estimates them; null where it does not say.</param>
public sealed record CacheVerdict(string Reason, long? MissedTokens);
