using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Traffic;

/// <summary>
/// The tree of all prompts in memory: a block is a number, and prompts that begin alike share their first blocks. Any ancestor is
/// found in a number of steps that grows with the logarithm of the depth (after Myers, "An applicative random-access stack", 1983).
/// Immutable; safe for use by many threads.
/// </summary>
public sealed class PromptTree
{
    /// <summary>The number that stands for no block.</summary>
    public const int Nothing = -1;

    /// <summary>The mark of a block on the way to which the ledger lacks one.</summary>
    internal const byte Broken = 8;

    private const byte LevelBits = 3;
    private const byte Unmarkable = 4;

    private readonly long[] _ids;
    private readonly Node[] _nodes;

    internal PromptTree(long[] ids, Node[] nodes) => (_ids, _nodes) = (ids, nodes);

    /// <summary>A tree without blocks.</summary>
    public static PromptTree Empty { get; } = new([], []);

    /// <summary>How many blocks it has.</summary>
    public int Count => _nodes.Length;

    /// <summary>The block before; <see cref="Nothing"/> for a prompt's first.</summary>
    /// <param name="node">The block.</param>
    /// <returns>Its number.</returns>
    public int Parent(int node) => _nodes[node].Parent;

    /// <summary>How many blocks there are up to this one, itself included.</summary>
    /// <param name="node">The block.</param>
    /// <returns>The number; it counts from the first block that the ledger knows.</returns>
    public int Depth(int node) => _nodes[node].Depth;

    /// <summary>The tokens of the texts up to the end of this block, as they were counted, without what the provider adds.</summary>
    /// <param name="node">The block.</param>
    /// <returns>The sum.</returns>
    public long Tokens(int node) => _nodes[node].Tokens;

    /// <summary>The part of the prompt that a block is in.</summary>
    /// <param name="node">The block.</param>
    /// <returns>The part.</returns>
    public PromptLevel Level(int node) => (PromptLevel)(_nodes[node].Marks & LevelBits);

    /// <summary>Whether a breakpoint can stand on a block: thinking and empty text cannot be marked.</summary>
    /// <param name="node">The block.</param>
    /// <returns>Whether it can.</returns>
    public bool CanBeMarked(int node) => (_nodes[node].Marks & Unmarkable) == 0;

    /// <summary>Whether the ledger lacks a block on the way to this one.</summary>
    /// <param name="node">The block.</param>
    /// <returns>Whether it does.</returns>
    public bool IsBroken(int node) => (_nodes[node].Marks & Broken) != 0;

    /// <summary>The block of a path at a depth.</summary>
    /// <param name="node">A block of the path, at that depth or deeper.</param>
    /// <param name="depth">The depth, from 1.</param>
    /// <returns>The block; <see cref="Nothing"/> where the path has none at that depth.</returns>
    public int Ancestor(int node, int depth)
    {
        if (depth < 1 || depth > _nodes[node].Depth)
        {
            return Nothing;
        }

        while (_nodes[node].Depth > depth)
        {
            var jump = _nodes[node].Jump;
            node = jump != Nothing && _nodes[jump].Depth >= depth ? jump : _nodes[node].Parent;
        }

        return node;
    }

    /// <summary>The number of the block with this row id; <see cref="Nothing"/> where it is not in the tree.</summary>
    internal int Find(long id) => Find(_ids, id);

    /// <summary>The place of an id among sorted ones. Ids follow each other closely, so that mostly the first guess is right.</summary>
    internal static int Find(long[] ids, long id)
    {
        if (ids.Length == 0 || id < ids[0])
        {
            return Nothing;
        }

        var guess = id - ids[0];
        if (guess < ids.Length && ids[guess] == id)
        {
            return (int)guess;
        }

        var place = Array.BinarySearch(ids, id);
        return place < 0 ? Nothing : place;
    }

    /// <summary>One block.</summary>
    internal struct Node
    {
        public int Parent;
        public int Jump;
        public int Depth;
        public byte Marks;
        public long Tokens;

        public static byte MarksOf(PromptLevel level, bool canBeMarked, bool isBroken) =>
            (byte)(((int)level & LevelBits) | (canBeMarked ? 0 : Unmarkable) | (isBroken ? Broken : 0));
    }
}
