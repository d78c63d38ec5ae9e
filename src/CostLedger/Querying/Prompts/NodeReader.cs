using System.Buffers.Binary;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Prompts;

/// <summary>Walks the tree of prompts from a call to the first block.</summary>
internal sealed class NodeReader : IDisposable
{
    private const int HashBytes = 16;

    private const string NodeSql = """
        SELECT n.chain, n.parent, n.segment, n.level, n.kind, n.role, n.message, n.block, n.bytes, n.text_bytes, n.tokens, n.tool,
          (SELECT b.chain FROM prompt_nodes AS b WHERE b.id = n.parent)
        FROM prompt_nodes AS n WHERE n.id = ?1 AND n.segment IS NOT NULL
        """;

    private readonly Statement _findLeaf;
    private readonly Statement _findNode;
    private readonly StringTable _strings;

    public NodeReader(LedgerConnection connection)
    {
        _findLeaf = connection.Prepare("SELECT leaf FROM call_prompts WHERE id = ?1");
        _findNode = connection.Prepare(NodeSql);
        _strings = new StringTable(connection);
    }

    /// <summary>The calls of a thread, oldest first.</summary>
    public static IEnumerable<CallId> ReadThread(LedgerConnection connection, UInt128 thread)
    {
        using var rows = connection.Prepare(
            "SELECT p.id FROM call_prompts AS p WHERE p.thread = (SELECT t.id FROM prompt_threads AS t WHERE t.key = ?1) ORDER BY p.id");
        var key = new byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(key, thread);
        rows.Bind(1, key.AsSpan());
        while (rows.Step())
        {
            yield return CallId.FromBytes(rows.Bytes(0));
        }
    }

    /// <summary>The last calls that have a prompt, oldest first.</summary>
    /// <param name="connection">The ledger.</param>
    /// <param name="from">The first key.</param>
    /// <param name="atMost">At most so many.</param>
    /// <param name="thread">Only of this thread; null: of all.</param>
    public static List<CallId> ReadLast(LedgerConnection connection, CallId from, int atMost, UInt128? thread)
    {
        var ofThread = thread is null ? "" : "AND p.thread = (SELECT t.id FROM prompt_threads AS t WHERE t.key = ?3)";
        using var rows = connection.Prepare($"SELECT p.id FROM call_prompts AS p WHERE p.id >= ?1 {ofThread} ORDER BY p.id DESC LIMIT ?2");
        Span<byte> id = stackalloc byte[CallId.ByteCount];
        from.WriteBytes(id);
        rows.Bind(1, id);
        rows.Bind(2, atMost);
        if (thread is { } key)
        {
            Span<byte> bytes = stackalloc byte[HashBytes];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
            rows.Bind(3, bytes);
        }

        var calls = new List<CallId>();
        while (rows.Step())
        {
            if (rows.Bytes(0) is { Length: CallId.ByteCount } found)
            {
                calls.Add(CallId.FromBytes(found));
            }
        }

        calls.Reverse();
        return calls;
    }

    /// <summary>The nodes of a call's prompt from the first to the last; after a hole, if there is one.</summary>
    /// <param name="call">The call.</param>
    /// <param name="depth">How many there are at most.</param>
    public List<PromptNode> ReadPath(CallId call, int depth)
    {
        var nodes = new List<PromptNode>();
        for (var next = LeafOf(call); next is { } id && nodes.Count < depth;)
        {
            _findNode.Bind(1, id);
            next = null;
            if (_findNode.Step())
            {
                next = _findNode.Number(1);
                nodes.Add(ReadNode());
            }

            _findNode.Reset();
        }

        nodes.Reverse();
        return nodes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _findLeaf.Dispose();
        _findNode.Dispose();
        _strings.Dispose();
    }

    private long? LeafOf(CallId call)
    {
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        call.WriteBytes(key);
        _findLeaf.Bind(1, key);
        var leaf = _findLeaf.Step() ? _findLeaf.Number(0) : null;
        _findLeaf.Reset();
        return leaf;
    }

    private PromptNode ReadNode()
    {
        var row = _findNode;
        return new PromptNode
        {
            Chain = Hash(0) ?? default,
            Parent = Hash(12),
            Segment = Hash(2) ?? default,
            Level = (PromptLevel)row.Int64(3),
            Kind = (PromptKind)row.Int64(4),
            Role = (PromptRole)row.Int64(5),
            Message = (int)row.Int64(6),
            Block = (int)row.Int64(7),
            Bytes = (int)row.Int64(8),
            TextBytes = (int)row.Int64(9),
            Tokens = (int)row.Int64(10),
            ToolName = _strings[row.Int64(11)],
        };
    }

    private UInt128? Hash(int column) =>
        _findNode.Bytes(column) is { Length: HashBytes } bytes ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : null;
}
