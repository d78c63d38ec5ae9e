using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Content;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>What is known when a call has ended.</summary>
internal readonly record struct CallEnd
{
    public required CallRecord Record { get; init; }

    /// <summary>The cost with its explanation; null when it was not computed.</summary>
    public CostBreakdown? Breakdown { get; init; }

    /// <summary>What the response's headers said; null when none arrived.</summary>
    public ResponseHeaders? Response { get; init; }

    /// <summary>Whether the conversation was compacted on the server.</summary>
    public bool IsCompacted { get; init; }

    /// <summary>Which attempt it was.</summary>
    public AttemptInfo Attempt { get; init; }

    /// <summary>What it means for the operation that it was an attempt of.</summary>
    public OperationTotals Operation { get; init; }

    /// <summary>From the operation's start, retries and waits included.</summary>
    public TimeSpan OperationDuration => Operation.Before + Record.Timing.Total;

    /// <summary>
    /// The change to another model after one failed or refused: by the client, which asked another one, or by the API, which
    /// answers with another one. Null when there was none.
    /// </summary>
    public (string From, string? To, string Reason)? Fallback =>
        Attempt is { PreviousFailure: { } failure } && Attempt.FellBackFrom(Record.ModelRequested) is { } from
            ? (from, Record.ModelRequested, failure)
        : Record.ModelRequested is { } asked && IsServerFallback
            ? (asked, Record.ModelServed, TagValues.ServerFallback)
            : null;

    /// <summary>The cost at which the answer was stopped; null where it was not.</summary>
    public NanoUsd? CostLimit { get; init; }

    /// <summary>What changed of the prompt, so that its cache was lost; null where content is not captured.</summary>
    public string? CacheDiff { get; init; }

    /// <summary>What was sent and received; null where content is not captured.</summary>
    public CapturedContent? Content { get; init; }

    /// <summary>
    /// The output tokens as the provider told them; null when the answer broke off before it did, where the usage holds a placeholder.
    /// </summary>
    public long? OutputTokensTold => Record.Estimate?.OutputTokens is null ? Record.Usage?.OutputTokens : null;

    private bool IsServerFallback
    {
        get
        {
            var iterations = Record.Usage?.Iterations ?? [];
            for (var i = 0; i < iterations.Count; i++)
            {
                if (string.Equals(iterations[i].Type, TagValues.FallbackIteration, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
