namespace MessagesSimulator.Prompts;

/// <summary>The three parts of a prompt, in the order in which they form a prefix.</summary>
internal enum PromptLevel
{
    Tools,
    System,
    Messages,
}
