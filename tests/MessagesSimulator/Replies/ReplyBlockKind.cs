namespace MessagesSimulator.Replies;

/// <summary>The kinds of blocks the simulated model writes.</summary>
public enum ReplyBlockKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Thinking.</summary>
    Thinking,

    /// <summary>A call of one of the request's tools.</summary>
    ToolUse,
}
