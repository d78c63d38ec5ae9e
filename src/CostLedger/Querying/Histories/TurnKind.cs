namespace CostLedger.Querying.Histories;

/// <summary>How a turn goes on from what was before; the public <c>ConversationChange</c> has the same values.</summary>
internal enum TurnKind
{
    /// <summary>It begins a conversation, as far as the ledger tells.</summary>
    Start,

    /// <summary>Its prompt is that of an earlier turn, the answer, and what is new.</summary>
    Continued,

    /// <summary>The same, and the earlier turn was continued otherwise before.</summary>
    Forked,

    /// <summary>The messages go on, under other tools or another system prompt.</summary>
    Reframed,

    /// <summary>Something was changed or taken out in the middle of the history.</summary>
    Edited,

    /// <summary>A summary stands for the history, or for a part of it.</summary>
    Compacted,
}
