using CostLedger.Records;

namespace Telemetry.Handler.Observing;

/// <summary>The verdict on how an attempt ended.</summary>
internal readonly record struct Ending(CallOutcome Outcome, StreamEnd? StreamEnd, string? ErrorType);
