namespace CostLedger.Querying.Conversations;

/// <summary>Calls that belong together: each prompt holds what was said before. In the figures are the calls that the question chooses.</summary>
public sealed record Conversation
{
    /// <summary>What the application calls it; where it said nothing, the id of the first call that the ledger has of it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the application named it.</summary>
    public required bool IsNamed { get; init; }

    /// <summary>The session that the application gave; null for none.</summary>
    public required string? Session { get; init; }

    /// <summary>Its turns with calls that were chosen, by the time at which they began; at least one.</summary>
    public required IReadOnlyList<ConversationTurn> Turns { get; init; }

    /// <summary>Its loops, by the time at which they were recognised.</summary>
    public required IReadOnlyList<ConversationLoop> Loops { get; init; }

    /// <summary>What all its calls took.</summary>
    public required TurnTotals Totals { get; init; }

    /// <summary>Whether its first prompt holds answers to calls that the ledger does not have, or has no more.</summary>
    public required bool BeganEarlier { get; init; }

    /// <summary>Whether a turn was continued in two ways.</summary>
    public bool IsForked => Has(ConversationChange.Forked);

    /// <summary>Whether the history was changed in the middle.</summary>
    public bool IsEdited => Has(ConversationChange.Edited);

    /// <summary>Whether the history was put under other tools or another system prompt.</summary>
    public bool IsReframed => Has(ConversationChange.Reframed);

    /// <summary>Whether a summary took the place of the history, or of a part of it.</summary>
    public bool IsCompacted => Has(ConversationChange.Compacted);

    /// <summary>What the prompt grew by in a turn, in tokens: the middle of the steps of turns that go on from one another; null without any.</summary>
    public required long? GrowthPerTurn { get; init; }

    private bool Has(ConversationChange change) => Turns.Any(turn => turn.Change == change);
}
