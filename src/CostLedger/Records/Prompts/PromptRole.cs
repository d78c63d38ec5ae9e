namespace CostLedger.Records.Prompts;

/// <summary>Who speaks in a block of a prompt. The numbers are stored in ledgers and never change.</summary>
public enum PromptRole
{
    /// <summary>Nobody: a tool's definition, or a message without a role that is known.</summary>
    None = 0,

    /// <summary>The system prompt.</summary>
    System = 1,

    /// <summary>The user.</summary>
    User = 2,

    /// <summary>The model.</summary>
    Assistant = 3,
}
