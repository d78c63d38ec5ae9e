namespace CostLedger.Querying.Caching.Traffic;

/// <summary>A call that wrote what stands before its messages, although a call with nearly the same had left it in the cache.</summary>
/// <param name="Call">The call.</param>
/// <param name="Reason">The reason, as a conversation would have lost it for: <c>tools_reordered</c>, <c>tools_changed</c>, <c>system_changed</c>.</param>
/// <param name="Place">What differs: <c>system[0]</c>, <c>tools[3] "get_weather"</c>; null where only the order of tools does.</param>
/// <param name="Saved">What reading it would have saved, in nano-dollars.</param>
internal sealed record HeadChange(TrafficCall Call, string Reason, string? Place, decimal Saved);
