using System.Buffers.Binary;
using CostLedger.Querying.Reading;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Caching.Traffic;

/// <summary>The blocks of prompts as nodes of one tree, read from the ledger as they are asked for. For one thread.</summary>
internal sealed class PromptTree : IDisposable
{
    private const int MostNodes = 2_000_000;

    // A node that refers to itself in a damaged ledger must not hold up a report.
    private const int MostDepth = 20_000;

    private readonly Dictionary<long, int> _indexes = [];
    private readonly List<Node> _nodes = [];
    private readonly Statement _find;
    private readonly StringTable _strings;

    public PromptTree(LedgerConnection connection)
    {
        _find = connection.Prepare("SELECT parent, level, kind, tokens, tool, segment, bytes FROM prompt_nodes WHERE id = ?1 AND segment IS NOT NULL");
        _strings = new StringTable(connection);
    }

    /// <summary>The node before; <see cref="TrafficCall.NoNode"/> for a prompt's first.</summary>
    public int ParentOf(int node) => _nodes[node].Parent;

    /// <summary>The blocks from the first to this one.</summary>
    public int DepthOf(int node) => _nodes[node].Depth;

    /// <summary>The last block before the messages, on the way to a node; <see cref="TrafficCall.NoNode"/> where there is none.</summary>
    public int HeadOf(int node) => _nodes[node].Head;

    /// <summary>The last tool, on the way to a node; <see cref="TrafficCall.NoNode"/> where there is none.</summary>
    public int LastToolOf(int node) => _nodes[node].LastTool;

    /// <summary>The tools that the application runs, up to and with a node, with the tokens of their definitions and of all before and with them.</summary>
    public IEnumerable<(string Name, long Tokens, long Before)> ToolsUpTo(int lastTool)
    {
        for (var at = lastTool; at != TrafficCall.NoNode; at = _nodes[at].Parent)
        {
            var node = _nodes[at];
            if (node.Kind == PromptKind.Tool && _strings[node.Tool] is { } name)
            {
                yield return (name, node.Tokens, node.Weight);
            }
        }
    }

    /// <summary>The blocks of tools and system on the way to a node, the first first.</summary>
    /// <param name="head">The last of them.</param>
    public List<HeadBlock> HeadBlocks(int head)
    {
        var blocks = new List<HeadBlock>();
        for (var at = head; at != TrafficCall.NoNode; at = _nodes[at].Parent)
        {
            var node = _nodes[at];
            blocks.Add(new HeadBlock(at, node.LastTool == at, node.Segment, node.Bytes, _strings[node.Tool]));
        }

        blocks.Reverse();
        return blocks;
    }

    /// <summary>What is counted of the blocks up to a node, in the ledger's own count of tokens.</summary>
    public long WeightOf(int node) => _nodes[node].Weight;

    /// <summary>The tokens of a call's prompt up to one of its nodes: its share by the ledger's count of what the provider counted.</summary>
    public long TokensOf(TrafficCall call, int node)
    {
        var whole = call.Leaf == TrafficCall.NoNode ? 0 : _nodes[call.Leaf].Weight;
        return node == TrafficCall.NoNode || whole <= 0 ? 0
            : node == call.Leaf ? call.Tokens
            : (long)((decimal)call.Tokens * _nodes[node].Weight / whole);
    }

    /// <summary>The node so many blocks from a prompt's beginning.</summary>
    /// <param name="leaf">The prompt's last block.</param>
    /// <param name="depth">The blocks, from 1.</param>
    public int At(int leaf, int depth)
    {
        var node = leaf;
        while (node != TrafficCall.NoNode && _nodes[node].Depth > depth)
        {
            node = _nodes[node].Parent;
        }

        return node != TrafficCall.NoNode && _nodes[node].Depth == depth ? node : TrafficCall.NoNode;
    }

    /// <summary>Finds a block; <see cref="TrafficCall.NoNode"/> where the ledger lacks it, or one before it.</summary>
    /// <param name="id">The block's id in the ledger.</param>
    public int Find(long id)
    {
        var path = new List<(long Id, Row Row)>();
        var parent = TrafficCall.NoNode;
        for (long? next = id; next is { } at;)
        {
            if (_indexes.TryGetValue(at, out parent))
            {
                break;
            }

            parent = TrafficCall.NoNode;
            if (path.Count >= MostDepth || _nodes.Count + path.Count >= MostNodes || Read(at) is not { } row)
            {
                // Whatever leads here is not known from its beginning.
                path.ForEach(step => _indexes[step.Id] = TrafficCall.NoNode);
                return TrafficCall.NoNode;
            }

            path.Add((at, row));
            next = row.Parent;
        }

        // A parent that was looked for in vain spoils its children too.
        var isKnown = parent != TrafficCall.NoNode || path.Count == 0 || path[^1].Row.Parent is null;
        for (var i = path.Count - 1; i >= 0; i--)
        {
            parent = isKnown ? Add(path[i].Row, parent) : TrafficCall.NoNode;
            _indexes[path[i].Id] = parent;
        }

        return parent;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _find.Dispose();
        _strings.Dispose();
    }

    private Row? Read(long id)
    {
        _find.Bind(1, id);
        Row? row = _find.Step()
            ? new Row(_find.Number(0), (PromptLevel)_find.Int64(1), (PromptKind)_find.Int64(2), Math.Max(0, _find.Int64(3)), _find.Int64(4), SegmentOf(_find.Bytes(5)), _find.Int64(6))
            : null;
        _find.Reset();
        return row;
    }

    // A keyed hash of 16 bytes: half as many tell blocks apart as well.
    private static ulong SegmentOf(ReadOnlySpan<byte> hash) => hash.Length == 2 * sizeof(ulong)
        ? BinaryPrimitives.ReadUInt64BigEndian(hash) ^ BinaryPrimitives.ReadUInt64BigEndian(hash[sizeof(ulong)..])
        : 0;

    private int Add(Row row, int parent)
    {
        var before = parent == TrafficCall.NoNode ? new Node { Head = TrafficCall.NoNode, LastTool = TrafficCall.NoNode } : _nodes[parent];
        var self = _nodes.Count;
        _nodes.Add(new Node
        {
            Parent = parent,
            Depth = before.Depth + 1,
            Weight = before.Weight + row.Tokens,
            Tokens = row.Tokens,
            Kind = row.Kind,
            Tool = row.Tool,
            Segment = row.Segment,
            Bytes = row.Bytes,
            Head = row.Level is PromptLevel.Tools or PromptLevel.System ? self : before.Head,
            LastTool = row.Level is PromptLevel.Tools ? self : before.LastTool,
        });
        return self;
    }

    private sealed record Row(long? Parent, PromptLevel Level, PromptKind Kind, long Tokens, long Tool, ulong Segment, long Bytes);

    private readonly record struct Node
    {
        public required int Head { get; init; }

        public required int LastTool { get; init; }

        public int Parent { get; init; }

        public int Depth { get; init; }

        public long Weight { get; init; }

        public long Tokens { get; init; }

        public PromptKind Kind { get; init; }

        public long Tool { get; init; }

        public ulong Segment { get; init; }

        public long Bytes { get; init; }
    }
}
