namespace CostLedger.Querying.Trees;

/// <summary>The tree of prompts, and the calls before the period.</summary>
internal interface IPromptTree
{
    /// <summary>A node; null for a hole, and for one that is not there.</summary>
    TreeNode? Find(long node);

    /// <summary>The calls before the period whose prompts end at a node, oldest first.</summary>
    IReadOnlyList<TracedCall> CallsBefore(long leaf);
}
