using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Spans;

/// <summary>What is known when a call is sent.</summary>
internal readonly record struct CallStart
{
    public required HttpRequestMessage Request { get; init; }

    public required MessagesEndpoint Endpoint { get; init; }

    /// <summary>The call's key; it holds the start.</summary>
    public required CallId Id { get; init; }

    /// <summary>The parameters; <see cref="RequestSnapshot.Unknown"/> where the body is known only after it was sent.</summary>
    public required RequestSnapshot Snapshot { get; init; }

    public required RequestHeaders Headers { get; init; }

    public required AttemptInfo Attempt { get; init; }

    public CallLabels Labels { get; init; }

    /// <summary>What was estimated before sending; null when nothing was.</summary>
    public TokenEstimate? Estimate { get; init; }
}
