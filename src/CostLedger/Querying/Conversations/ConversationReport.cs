namespace CostLedger.Querying.Conversations;

/// <summary>The conversations of a period.</summary>
public sealed record ConversationReport
{
    /// <summary>The conversations, by the time at which they began.</summary>
    public required IReadOnlyList<Conversation> Conversations { get; init; }

    /// <summary>What the calls took of which no conversation is known: their prompts were not read, and nobody named one.</summary>
    public required TurnTotals Alone { get; init; }

    /// <summary>The same by session; the key of calls without one is empty.</summary>
    public required IReadOnlyDictionary<string, TurnTotals> AloneBySession { get; init; }
}
