using System.Diagnostics;
using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>Which attempt of its logical call a request is.</summary>
/// <param name="Ordinal">Its place, from 1.</param>
/// <param name="FirstAttemptId">The first attempt's key; null when this is a later one and the first is not known.</param>
/// <param name="Source">Who tries again.</param>
/// <param name="Previous">The span of the attempt before, where it is known.</param>
internal readonly record struct AttemptInfo(int Ordinal, CallId? FirstAttemptId, RetrySource Source, ActivityContext? Previous)
{
    /// <summary>The model that the attempt before asked for; null when there was none or it is not known.</summary>
    public string? PreviousModel { get; init; }

    /// <summary>Why the attempt before failed: its kind of error, or a value of <see cref="RetryRule"/>; null when it did not, or still runs.</summary>
    public string? PreviousFailure { get; init; }

    /// <summary>The time since the attempt before ended; null when there was none or it still runs.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The model that failed, where this attempt asks another one.</summary>
    /// <param name="model">The model that this attempt asks for.</param>
    /// <returns>Null when the model is the same, or the attempt before did not fail.</returns>
    public string? FellBackFrom(string? model) =>
        PreviousFailure is not null && PreviousModel is { } before && model is not null
        && !string.Equals(before, model, StringComparison.OrdinalIgnoreCase)
            ? before
            : null;
}
