using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows.Tables;

/// <summary>
/// Stores the paths of prompts in the tree of all prompts. What is stored depends on the records alone, not on their order or on
/// how often they come. Nothing is remembered between records: another process may have pruned since.
/// </summary>
internal sealed class PromptWriter : IDisposable
{
    private const string FindNodeSql = "SELECT id FROM prompt_nodes WHERE chain = ?1";

    private const string AddHoleSql = "INSERT INTO prompt_nodes (chain, refs) VALUES (?1, 0) RETURNING id";

    // A hole is filled; a node that is there stays as it is, and no id is returned.
    private const string AddNodeSql = """
        INSERT INTO prompt_nodes (chain, parent, refs, segment, level, kind, role, message, block, bytes, text_bytes, tokens, tool)
        VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (chain) DO UPDATE SET parent = ?2, segment = ?3, level = ?4, kind = ?5, role = ?6, message = ?7, block = ?8,
          bytes = ?9, text_bytes = ?10, tokens = ?11, tool = ?12
        WHERE segment IS NULL
        RETURNING id
        """;

    private const string PutCallSql = """
        INSERT OR REPLACE INTO call_prompts (id, leaf, depth, thread, automatic, breakpoints, scope, settings)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    private readonly NameTable _names;
    private readonly Statement _findNode;
    private readonly Statement _addHole;
    private readonly Statement _addNode;
    private readonly Statement _addRef;
    private readonly NodeReleaser _nodes;
    private readonly Statement _findThread;
    private readonly Statement _addThread;
    private readonly Statement _findLeaf;
    private readonly Statement _putCall;

    public PromptWriter(SqliteConnection connection, NameTable names)
    {
        _names = names;
        _findNode = new Statement(connection, FindNodeSql);
        _addHole = new Statement(connection, AddHoleSql);
        _addNode = new Statement(connection, AddNodeSql);
        _addRef = new Statement(connection, "UPDATE prompt_nodes SET refs = refs + 1 WHERE id = ?1");
        _nodes = new NodeReleaser(connection);
        _findThread = new Statement(connection, "SELECT id FROM prompt_threads WHERE key = ?1");
        _addThread = new Statement(connection, "INSERT INTO prompt_threads (key) VALUES (?1) RETURNING id");
        _findLeaf = new Statement(connection, "SELECT leaf FROM call_prompts WHERE id = ?1");
        _putCall = new Statement(connection, PutCallSql);
    }

    /// <summary>Stores a call's prompt; nothing happens where it is not known.</summary>
    /// <param name="record">The call.</param>
    /// <param name="isStored">Whether the ledger has the call already.</param>
    public void Put(CallRecord record, bool isStored)
    {
        if (record.Prompt is { } prompt)
        {
            var leaf = PutNodes(prompt);
            MoveRefs(record.Id, leaf, isStored);
            PutCall(record.Id, prompt, leaf);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _findNode.Dispose();
        _addHole.Dispose();
        _addNode.Dispose();
        _addRef.Dispose();
        _nodes.Dispose();
        _findThread.Dispose();
        _addThread.Dispose();
        _findLeaf.Dispose();
        _putCall.Dispose();
    }

    private long PutNodes(PromptPath prompt)
    {
        (UInt128 Chain, long Id)? last = null;
        for (var i = 0; i < prompt.NewNodes.Count; i++)
        {
            var node = prompt.NewNodes[i];
            last = (node.Chain, PutNode(node, node.Parent is { } parent ? IdOf(parent, last) : null));
        }

        return IdOf(prompt.Leaf, last);
    }

    private long PutNode(in PromptNode node, long? parent)
    {
        _addNode.Bind(1, node.Chain);
        _addNode.Bind(2, parent);
        _addNode.Bind(3, node.Segment);
        _addNode.Bind(4, (int)node.Level);
        _addNode.Bind(5, (int)node.Kind);
        _addNode.Bind(6, (int)node.Role);
        _addNode.Bind(7, node.Message);
        _addNode.Bind(8, node.Block);
        _addNode.Bind(9, node.Bytes);
        _addNode.Bind(10, node.TextBytes);
        _addNode.Bind(11, node.Tokens);
        _addNode.Bind(12, _names.Id(node.ToolName));
        if (_addNode.ReadNumber() is not { } id)
        {
            return IdOf(node.Chain, null);
        }

        if (parent is { } known)
        {
            AddRef(known);
        }

        return id;
    }

    // A node that is not there was pruned, or comes with a record that waits in a spool: its place is kept.
    private long IdOf(UInt128 chain, (UInt128 Chain, long Id)? last)
    {
        if (last is { } known && known.Chain == chain)
        {
            return known.Id;
        }

        _findNode.Bind(1, chain);
        if (_findNode.ReadNumber() is { } found)
        {
            return found;
        }

        _addHole.Bind(1, chain);
        return _addHole.ReadNumber() ?? throw new InvalidOperationException("SQLite returned no id.");
    }

    private void MoveRefs(CallId call, long leaf, bool isStored)
    {
        var before = isStored ? LeafOf(call) : null;
        if (before == leaf)
        {
            return;
        }

        AddRef(leaf);
        if (before is { } other)
        {
            _nodes.Release(other);
        }
    }

    private long? LeafOf(CallId call)
    {
        _findLeaf.Bind(1, call);
        return _findLeaf.ReadNumber();
    }

    private void AddRef(long node)
    {
        _addRef.Bind(1, node);
        _addRef.Run();
    }

    private void PutCall(CallId call, PromptPath prompt, long leaf)
    {
        _putCall.Bind(1, call);
        _putCall.Bind(2, leaf);
        _putCall.Bind(3, prompt.Depth);
        _putCall.Bind(4, prompt.Thread is { } thread ? IdOfThread(thread) : (long?)null);
        _putCall.Bind(5, (int?)prompt.Automatic);
        _putCall.Bind(6, BreakpointText.Of(prompt.Breakpoints));
        _putCall.Bind(7, _names.Id(prompt.Scope));
        _putCall.Bind(8, _names.Id(prompt.Settings));
        _putCall.Run();
    }

    private long IdOfThread(UInt128 key)
    {
        _findThread.Bind(1, key);
        if (_findThread.ReadNumber() is { } found)
        {
            return found;
        }

        _addThread.Bind(1, key);
        return _addThread.ReadNumber() ?? throw new InvalidOperationException("SQLite returned no id.");
    }
}
