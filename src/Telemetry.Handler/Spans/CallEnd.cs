using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Content;
using Telemetry.Handler.Headers;

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

    /// <summary>What was sent and received; null where content is not captured.</summary>
    public CapturedContent? Content { get; init; }

    /// <summary>Who tries again, where this was not the first attempt.</summary>
    public RetrySource Retry { get; init; }

    /// <summary>
    /// The output tokens as the provider told them; null when the answer broke off before it did, where the usage holds a placeholder.
    /// </summary>
    public long? OutputTokensTold => Record.Estimate?.OutputTokens is null ? Record.Usage?.OutputTokens : null;
}
