namespace Telemetry.Handler.Draining;

/// <summary>How far, and how often at once, answers are read on after their callers left.</summary>
/// <param name="MaxTime">The longest time for one answer.</param>
/// <param name="MaxBytes">The most bytes of one answer.</param>
/// <param name="MaxConcurrent">The most answers at the same time.</param>
/// <param name="AllProviders">Whether those of providers that stop with the caller are read on too.</param>
internal sealed record DrainLimits(TimeSpan MaxTime, long MaxBytes, int MaxConcurrent, bool AllProviders);
