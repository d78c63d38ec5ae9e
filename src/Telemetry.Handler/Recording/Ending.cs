using CostLedger.Records;

namespace Telemetry.Handler.Recording;

/// <summary>The verdict on how an attempt ended.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="StreamEnd">How the reading of its answer ended; null when there was none to read.</param>
/// <param name="ErrorType">The error's kind; null when it was none.</param>
/// <param name="WasNeverSent">Whether it is certain that no part of the request reached anybody.</param>
internal readonly record struct Ending(CallOutcome Outcome, StreamEnd? StreamEnd, string? ErrorType, bool WasNeverSent = false);
