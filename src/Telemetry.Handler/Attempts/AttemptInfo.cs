using System.Diagnostics;
using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>Which attempt of its logical call a request is.</summary>
/// <param name="Ordinal">Its place, from 1.</param>
/// <param name="FirstAttemptId">The first attempt's key; null when this is a later one and the first is not known.</param>
/// <param name="Source">Who tries again.</param>
/// <param name="Previous">The span of the attempt before, where it is known.</param>
internal readonly record struct AttemptInfo(int Ordinal, CallId? FirstAttemptId, RetrySource Source, ActivityContext? Previous);
