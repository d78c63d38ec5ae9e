namespace CostLedger.Querying.Attempts;

/// <summary>Changes from one model to another within calls.</summary>
/// <param name="From">The model that was asked for.</param>
/// <param name="To">The model that was tried or answered instead.</param>
/// <param name="Count">How often.</param>
/// <param name="ByServer">Whether the provider made the change within one attempt (<c>fallback_message</c>), not the application.</param>
public sealed record ModelFallback(string From, string To, long Count, bool ByServer);
