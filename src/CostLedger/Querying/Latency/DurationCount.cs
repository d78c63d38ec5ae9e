namespace CostLedger.Querying.Latency;

/// <summary>How many answers took how long.</summary>
/// <param name="Duration">From the start until the answer was read.</param>
/// <param name="Count">How many answers took so long.</param>
public readonly record struct DurationCount(TimeSpan Duration, long Count);
