using CostLedger.Records;

namespace CostLedger.Querying.Attempts;

/// <summary>Attempts that may have been billed although another answered in their place.</summary>
/// <param name="Attempts">
/// Attempts that timed out, were cancelled, were cut off or lost their connection, whose cost is estimated or not known, and
/// that were followed by one that succeeded.
/// </param>
/// <param name="AtRisk">Their upper bounds where there are some, else their costs, added up.</param>
/// <param name="Unknown">How many of them have neither.</param>
public readonly record struct DoubleBilling(long Attempts, NanoUsd AtRisk, long Unknown);
