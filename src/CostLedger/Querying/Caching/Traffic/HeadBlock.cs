namespace CostLedger.Querying.Caching.Traffic;

/// <summary>A block before the messages of a prompt.</summary>
/// <param name="Node">Its node in the tree.</param>
/// <param name="IsTool">Whether it is a tool's definition; else it is of the system prompt.</param>
/// <param name="Segment">What it says, as a part of its keyed hash.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Tool">The tool's name, where it is one and has one.</param>
internal readonly record struct HeadBlock(int Node, bool IsTool, ulong Segment, long Bytes, string? Tool);
