namespace MessagesSimulator.Prompts;

/// <summary>The three parts of a prompt, in the order in which they form a prefix.</summary>
public enum PromptLevel
{
    /// <summary>The tools' definitions.</summary>
    Tools,

    /// <summary>The system prompt.</summary>
    System,

    /// <summary>The conversation.</summary>
    Messages,
}
