using CostLedger.Records;

namespace CostLedger.Resilience;

/// <summary>One record in a spool.</summary>
/// <param name="Record">The record.</param>
/// <param name="WrittenUs">When it was handed to the ledger, Unix microseconds; it orders several forms of one record.</param>
internal readonly record struct SpoolEntry(CallRecord Record, long WrittenUs);
