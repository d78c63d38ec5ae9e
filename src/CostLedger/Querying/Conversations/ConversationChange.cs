namespace CostLedger.Querying.Conversations;

/// <summary>How a turn goes on from what was before.</summary>
public enum ConversationChange
{
    /// <summary>It begins the conversation, or a thread of its own in one that the application named.</summary>
    Start,

    /// <summary>Its prompt is that of an earlier turn, the answer, and what is new.</summary>
    Continued,

    /// <summary>The same, and the earlier turn was continued otherwise before.</summary>
    Forked,

    /// <summary>The messages go on, under other tools or another system prompt.</summary>
    Reframed,

    /// <summary>Something was changed or taken out in the middle of the history, or at the end of its last message.</summary>
    Edited,

    /// <summary>A summary stands for the history, or for a part of it.</summary>
    Compacted,
}
