using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Bodies;

namespace Telemetry.Handler.Attempts;

/// <summary>What is known of an attempt when it is sent, as far as it can tell which logical call it belongs to.</summary>
internal readonly record struct AttemptStart
{
    public required CallId Id { get; init; }

    /// <summary>The start, by the clock that measures.</summary>
    public required long Timestamp { get; init; }

    public required Operation Operation { get; init; }

    /// <summary>How often the official SDK has retried before; null when it does not say.</summary>
    public int? RetryCount { get; init; }

    /// <summary>The span that covers the logical call; null when there is none.</summary>
    public Activity? CallSpan { get; init; }

    /// <summary>The body; null when there is none to look into.</summary>
    public RequestBody? Body { get; init; }
}
