namespace CostLedger.Querying.Latency;

/// <summary>
/// How long the answers of one group took. Only answers that came whole are measured, refusals included; attempts that failed are
/// counted apart. Percentiles are null where there is nothing to measure.
/// </summary>
public sealed record LatencyTotals
{
    /// <summary>Attempts whose answer came whole.</summary>
    public long Answers { get; init; }

    /// <summary>Streams among them.</summary>
    public long Streamed { get; init; }

    /// <summary>Attempts that failed: an error, a time limit, a truncated answer, a process that died.</summary>
    public long Failed { get; init; }

    /// <summary>Attempts that the caller cancelled.</summary>
    public long Canceled { get; init; }

    /// <summary>From the start until the answer was read.</summary>
    public Percentiles<TimeSpan>? Duration { get; init; }

    /// <summary>From the start until the response headers.</summary>
    public Percentiles<TimeSpan>? Headers { get; init; }

    /// <summary>From the start until <c>message_start</c>, or until the first byte of an answer that is not a stream.</summary>
    public Percentiles<TimeSpan>? FirstEvent { get; init; }

    /// <summary>From the start until the first content of a stream.</summary>
    public Percentiles<TimeSpan>? FirstToken { get; init; }

    /// <summary>The longest time between two chunks of an answer, as the caller read them: a slow reader is in it.</summary>
    public Percentiles<TimeSpan>? LongestGap { get; init; }

    /// <summary>
    /// Output tokens a second: of a stream over the time from its first content to its end, of another answer over its whole
    /// duration, the wait included. An answer whose tokens came within ten milliseconds was held back on its way and has no rate.
    /// </summary>
    public Percentiles<decimal>? OutputTokensPerSecond { get; init; }

    /// <summary>How long the failed attempts took until they failed; those of a process that died are not known.</summary>
    public Percentiles<TimeSpan>? FailedDuration { get; init; }

    /// <summary>Bytes of the request bodies, as far as known.</summary>
    public long RequestBytes { get; init; }

    /// <summary>Bytes of the response bodies as they were received, perhaps compressed.</summary>
    public long ResponseBytes { get; init; }

    /// <summary>Answers of which it was observed whether their connection was open already.</summary>
    public long ObservedConnections { get; init; }

    /// <summary>Those among them whose connection was open already.</summary>
    public long ReusedConnections { get; init; }
}
