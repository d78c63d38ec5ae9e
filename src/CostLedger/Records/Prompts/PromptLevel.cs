namespace CostLedger.Records.Prompts;

/// <summary>A part of a prompt, in the order in which a prefix of it is cached. The numbers are stored in ledgers and never change.</summary>
public enum PromptLevel
{
    /// <summary>The definitions of tools.</summary>
    Tools = 1,

    /// <summary>The system prompt.</summary>
    System = 2,

    /// <summary>The messages.</summary>
    Messages = 3,
}
