using System.Runtime.InteropServices;
using CostLedger.Querying.Reading;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Traffic;

/// <summary>Reads the tree of all prompts.</summary>
internal sealed class PromptTreeReader
{
    private const string Sql = "SELECT id, parent, segment IS NULL, level, kind, text_bytes, tokens FROM prompt_nodes ORDER BY id";

    private readonly List<long> _ids = [];
    private readonly List<long> _parents = [];
    private readonly List<PromptTree.Node> _nodes = [];
    private readonly Stack<int> _open = [];

    /// <summary>Reads it.</summary>
    public static PromptTree Read(LedgerConnection connection)
    {
        var reader = new PromptTreeReader();
        reader.ReadRows(connection);
        return reader.Link();
    }

    private void ReadRows(LedgerConnection connection)
    {
        using var rows = connection.Prepare(Sql);
        while (rows.Step())
        {
            var isHole = rows.Int64(2) != 0;
            _ids.Add(rows.Int64(0));
            _parents.Add(rows.Int64(1));
            _nodes.Add(new PromptTree.Node
            {
                Parent = PromptTree.Nothing,
                Jump = PromptTree.Nothing,
                Marks = PromptTree.Node.MarksOf((PromptLevel)rows.Int64(3), CanBeMarked((PromptKind)rows.Int64(4), rows.Int64(5)), isHole),
                Tokens = isHole ? 0 : Math.Clamp(rows.Int64(6), 0, int.MaxValue),
            });
        }
    }

    private static bool CanBeMarked(PromptKind kind, long textBytes) =>
        kind is not (PromptKind.Thinking or PromptKind.RedactedThinking) && (kind != PromptKind.Text || textBytes > 0);

    private PromptTree Link()
    {
        var ids = _ids.ToArray();
        var nodes = CollectionsMarshal.AsSpan(_nodes);
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i].Parent = _parents[i] == 0 ? PromptTree.Nothing : PromptTree.Find(ids, _parents[i]);
        }

        for (var i = 0; i < nodes.Length; i++)
        {
            Complete(nodes, i);
        }

        return new PromptTree(ids, _nodes.ToArray());
    }

    // A hole that was filled later has a parent with a greater number than its own; a depth of zero is one that is not known yet,
    // a negative one is being looked for: who meets it goes in a circle, which only a damaged ledger has.
    private void Complete(Span<PromptTree.Node> nodes, int node)
    {
        for (var next = node; next != PromptTree.Nothing && nodes[next].Depth == 0; next = nodes[next].Parent)
        {
            nodes[next].Depth = -1;
            _open.Push(next);
        }

        while (_open.TryPop(out var open))
        {
            ref var it = ref nodes[open];
            if (it.Parent != PromptTree.Nothing && nodes[it.Parent].Depth > 0)
            {
                Append(nodes, ref it);
            }
            else
            {
                it.Marks |= it.Parent == PromptTree.Nothing ? (byte)0 : PromptTree.Broken;
                (it.Parent, it.Depth) = (PromptTree.Nothing, 1);
            }
        }
    }

    private static void Append(Span<PromptTree.Node> nodes, ref PromptTree.Node node)
    {
        ref var parent = ref nodes[node.Parent];
        node.Depth = parent.Depth + 1;
        node.Tokens += parent.Tokens;
        node.Marks |= (byte)(parent.Marks & PromptTree.Broken);
        var jump = parent.Jump;
        var isEven = jump != PromptTree.Nothing && nodes[jump].Jump is var further && further != PromptTree.Nothing
            && parent.Depth - nodes[jump].Depth == nodes[jump].Depth - nodes[further].Depth;
        node.Jump = isEven ? nodes[jump].Jump : node.Parent;
    }
}
