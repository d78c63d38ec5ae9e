using CostLedger.Records;

namespace CostLedger.Querying.Retrying;

/// <summary>What is asked of one attempt. Names are ids in the ledger's tables; 0 is none.</summary>
internal sealed record AttemptRow
{
    public required CallId Id { get; init; }

    /// <summary>The first attempt of the same call; null where that is not known.</summary>
    public CallId? First { get; init; }

    public required CallOutcome Outcome { get; init; }

    public int Attempt { get; init; } = 1;

    public int? HttpStatus { get; init; }

    public Provider Provider { get; init; }

    public long Model { get; init; }

    /// <summary>The model that was asked for; the one that a fallback changes.</summary>
    public long ModelRequested { get; init; }

    public long Session { get; init; }

    public long Conversation { get; init; }

    public long TagSet { get; init; }

    public long StopReason { get; init; }

    public long ErrorType { get; init; }

    public CostBasis Basis { get; init; } = CostBasis.Measured;

    /// <summary>What it costs; null when that is not known.</summary>
    public NanoUsd? Cost { get; init; }

    /// <summary>The most it can cost, where it is estimated.</summary>
    public NanoUsd? MostCost { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Until the response headers arrived.</summary>
    public TimeSpan? Headers { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the question is about it: it is in the period, and the filter matches.</summary>
    public bool IsAsked { get; init; }

    public DateTimeOffset Start => Id.Time;

    public DateTimeOffset End => Start + Duration;

    /// <summary>A first attempt that succeeded: a call of its own, unless others say that they belong to it.</summary>
    public bool IsPlain => Attempt == 1 && Outcome == CallOutcome.Success;
}
