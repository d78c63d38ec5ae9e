namespace CostLedger.Records.Prompts;

/// <summary>
/// One block of a prompt as a node of the tree that all prompts of a ledger form: prompts that begin alike share their first
/// nodes. Holds no content: hashes are keyed with a secret of the ledger's own.
/// </summary>
public readonly record struct PromptNode
{
    /// <summary>Keyed hash of the prompt up to the end of this block; the node's key.</summary>
    public required UInt128 Chain { get; init; }

    /// <summary>The <see cref="Chain"/> of the block before; null for a prompt's first block.</summary>
    public required UInt128? Parent { get; init; }

    /// <summary>Keyed hash of what the block says, wherever it stands.</summary>
    public required UInt128 Segment { get; init; }

    /// <summary>The part of the prompt.</summary>
    public required PromptLevel Level { get; init; }

    /// <summary>What it is.</summary>
    public required PromptKind Kind { get; init; }

    /// <summary>Who speaks.</summary>
    public PromptRole Role { get; init; }

    /// <summary>The message, from 0; -1 outside of messages.</summary>
    public int Message { get; init; }

    /// <summary>Its place among the tools, the system's blocks or the message's blocks, from 0.</summary>
    public int Block { get; init; }

    /// <summary>Its length in the request, in bytes.</summary>
    public int Bytes { get; init; }

    /// <summary>Bytes of the text that the model reads of it.</summary>
    public int TextBytes { get; init; }

    /// <summary>The tokens of that text as they were counted when the node was first seen, without what the provider adds.</summary>
    public int Tokens { get; init; }

    /// <summary>The tool's name, where it is a tool's definition; else null.</summary>
    public string? ToolName { get; init; }
}
