namespace CostLedger.Querying.Histories;

/// <summary>What the application says of a call: calls of different scopes are never of one conversation.</summary>
/// <param name="Session">The session, an id in <c>strings</c>; 0 for none.</param>
/// <param name="Conversation">The conversation, an id in <c>strings</c>; 0 for none.</param>
internal readonly record struct Scope(long Session, long Conversation)
{
    /// <summary>Whether the application gave the conversation a name: then it is one, whatever its prompts are.</summary>
    public bool IsNamed => Conversation != 0;

    /// <summary>Whether the application said anything.</summary>
    public bool IsTold => Session != 0 || Conversation != 0;
}
