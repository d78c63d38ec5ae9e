using CostLedger.Records;
using CostLedger.Records.Tools;

namespace CostLedger.Querying.Conversations;

/// <summary>One prompt of a conversation, with all attempts at its answer.</summary>
public sealed record ConversationTurn
{
    /// <summary>Its place, from 1; a branch counts on from where it leaves.</summary>
    public required int Number { get; init; }

    /// <summary>0; another number for each further continuation of a turn.</summary>
    public required int Branch { get; init; }

    /// <summary>How it goes on.</summary>
    public required ConversationChange Change { get; init; }

    /// <summary>Its attempts, oldest first; at least one.</summary>
    public required IReadOnlyList<CallId> Calls { get; init; }

    /// <summary>The attempt that answered, else the last one.</summary>
    public required CallId AnsweredBy { get; init; }

    /// <summary>The attempt of the turn that it goes on from; null where there is none.</summary>
    public required CallId? Previous { get; init; }

    /// <summary>When the first attempt began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last attempt ended, UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The model that answered; null where unknown.</summary>
    public required string? Model { get; init; }

    /// <summary>The whole prompt of the attempt that answered, in tokens; 0 where the provider told none.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>What the prompt grew by since the turn that it goes on from, in tokens; null where that is not known.</summary>
    public required long? Growth { get; init; }

    /// <summary>What all attempts took.</summary>
    public required TurnTotals Totals { get; init; }

    /// <summary>What the attempt that answered took.</summary>
    public required TurnTotals Answer { get; init; }

    /// <summary>What was estimated of its input, by source; null where that is not known.</summary>
    public required InputBySource? Sources { get; init; }

    /// <summary>The loop that its prompt shows; null for none.</summary>
    public required ToolLoop? Loop { get; init; }
}
