using CostLedger.Records;
using CostLedger.Records.Tools;

namespace CostLedger.Querying.Trees;

/// <summary>A call as far as histories need it, with what it took.</summary>
internal sealed record TracedCall
{
    public required CallId Id { get; init; }

    /// <summary>The first attempt of the logical call.</summary>
    public required CallId First { get; init; }

    /// <summary>Where its prompt ends in the tree; 0 where that is not known.</summary>
    public required long Leaf { get; init; }

    /// <summary>The session that the application gave; an id in <c>strings</c>, 0 for none.</summary>
    public long Session { get; init; }

    /// <summary>The conversation that the application gave; an id in <c>strings</c>, 0 for none.</summary>
    public long Conversation { get; init; }

    public required CallOutcome Outcome { get; init; }

    /// <summary>How long it took, in microseconds.</summary>
    public long DurationUs { get; init; }

    /// <summary>The output that comes back in the next prompt: without thinking; null where not known.</summary>
    public long? VisibleOutput { get; init; }

    /// <summary>Whether the question is about it; others only tell to what conversation it belongs.</summary>
    public bool IsChosen { get; init; } = true;

    /// <summary>The model, an id in <c>strings</c>.</summary>
    public long Model { get; init; }

    public CallSums Sums { get; init; }

    /// <summary>What was estimated of its input, by source; null where that is not known.</summary>
    public InputBySource? Sources { get; init; }

    public ToolLoop? Loop { get; init; }

    /// <summary>When it ended, in Unix microseconds.</summary>
    public long EndUs => StartUs + DurationUs;

    /// <summary>When it began, in Unix microseconds.</summary>
    public long StartUs => (Id.Time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Whether there is an answer that a later prompt can hold, be it cut off.</summary>
    public bool IsAnswered => Outcome is not (CallOutcome.Error or CallOutcome.Interrupted);
}
