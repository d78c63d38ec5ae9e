using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Prompts;

/// <summary>A call's prompt as the ledger holds it.</summary>
/// <param name="Path">Where it ends, its breakpoints and its thread.</param>
/// <param name="Nodes">
/// Its blocks from the first to the last. Where the ledger lacks one (pruned, or still in a spool), only those after it.
/// </param>
public sealed record StoredPrompt(PromptPath Path, IReadOnlyList<PromptNode> Nodes)
{
    /// <summary>How many of the first blocks the ledger cannot tell; 0: none.</summary>
    public int Missing => Math.Max(0, Path.Depth - Nodes.Count);
}
