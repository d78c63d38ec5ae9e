using CostLedger.Querying.Traffic;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Replaying;

/// <summary>
/// A prompt of the ledger as the cache sees it: the keys of its prefixes and their weights. Where only the conversation's name
/// is known, the whole prompt is one segment. Remembers where it looked last: looking goes backwards block by block.
/// </summary>
internal struct ReplayPath : CacheReader.IKeys
{
    private readonly PromptTree _tree;
    private readonly int _leaf;
    private readonly LevelKeys _keys;
    private readonly UInt128 _conversation;
    private readonly double _tokensPerCount;
    private readonly double _tokensPerBlock;
    private readonly int _hidden;
    private int _node;

    /// <summary>A prompt of the tree.</summary>
    public ReplayPath(PromptTree tree, int leaf, in LevelKeys keys, string? model)
    {
        (_tree, _leaf, _node, _keys) = (tree, leaf, leaf, keys);
        Count = tree.Depth(leaf);
        var overheads = OverheadTable.Of(model);
        (_tokensPerCount, _tokensPerBlock) = (overheads.Weights[Feature.Text], overheads.Weights[Feature.Message]);

        // The prompt that explains tools stands before them.
        _hidden = Count > 0 && tree.Level(tree.Ancestor(leaf, 1)) == PromptLevel.Tools ? overheads.ToolPrompt : 0;
    }

    private ReplayPath(in ReplayPath other, in LevelKeys keys)
    {
        this = other;
        _keys = keys;
    }

    /// <summary>A prompt of which only the conversation is known.</summary>
    public ReplayPath(UInt128 conversation, in LevelKeys keys)
    {
        (_tree, _leaf, _node, _keys, _conversation) = (PromptTree.Empty, PromptTree.Nothing, PromptTree.Nothing, keys, conversation);
        Count = 1;
    }

    /// <summary>How many segments there are.</summary>
    public readonly int Count { get; }

    /// <summary>Whether the segments are known.</summary>
    public readonly bool IsKnown => _leaf != PromptTree.Nothing;

    /// <summary>The same prompt in another cache.</summary>
    public readonly ReplayPath With(in LevelKeys keys) => new(this, keys);

    /// <inheritdoc/>
    public UInt128 this[int index]
    {
        get
        {
            if (!IsKnown)
            {
                return _keys.Of(_conversation, CacheLevel.Messages);
            }

            var node = NodeAt(index);
            return _keys.Of((UInt128)(uint)node + 1, (CacheLevel)(_tree.Level(node) - 1));
        }
    }

    /// <summary>The weight up to a segment's end.</summary>
    public long WeightAt(int index) => IsKnown
        ? _hidden + (long)((_tree.Tokens(NodeAt(index)) * _tokensPerCount) + ((index + 1) * _tokensPerBlock)) + 1
        : index + 1;

    /// <summary>The last segment that can be marked and is of a level or one before it; -1 where there is none.</summary>
    public int LastMarkable(CacheLevel level)
    {
        var index = Count - 1;
        for (var node = _leaf; node != PromptTree.Nothing; node = _tree.Parent(node), index--)
        {
            if ((CacheLevel)(_tree.Level(node) - 1) <= level && _tree.CanBeMarked(node))
            {
                return index;
            }
        }

        return -1;
    }

    private int NodeAt(int index)
    {
        var depth = index + 1;
        var here = _tree.Depth(_node);
        _node = here == depth ? _node
            : here == depth + 1 ? _tree.Parent(_node)
            : _tree.Ancestor(here > depth ? _node : _leaf, depth);
        return _node;
    }
}
