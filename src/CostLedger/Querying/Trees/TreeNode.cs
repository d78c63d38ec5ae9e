using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Trees;

/// <summary>A node of the tree of prompts, as far as histories need it.</summary>
internal readonly record struct TreeNode
{
    /// <summary>The node before; 0 for the first, and where it is not known.</summary>
    public required long Parent { get; init; }

    /// <summary>Keyed hash of what it says.</summary>
    public required UInt128 Segment { get; init; }

    public required PromptLevel Level { get; init; }

    public required PromptKind Kind { get; init; }

    public required PromptRole Role { get; init; }

    /// <summary>The message, from 0.</summary>
    public required int Message { get; init; }

    public required int Tokens { get; init; }

    /// <summary>The tool's name as an id in <c>strings</c>; 0 for none.</summary>
    public long Tool { get; init; }
}
