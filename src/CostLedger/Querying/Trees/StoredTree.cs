using System.Buffers.Binary;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Trees;

/// <summary>The tree of a ledger. Nodes that were stored together are read together, and a bounded number is kept.</summary>
internal sealed class StoredTree : IPromptTree, IDisposable
{
    private const int HashBytes = 16;
    private const int PageShift = 7;
    private const int PageSize = 1 << PageShift;

    // 128 nodes of 72 bytes a page: at most 80 MiB.
    private const int MaxPages = 8 * 1024;

    private readonly Statement _readPage;
    private readonly Statement? _callsBefore;
    private readonly CallTracer _calls;
    private readonly CallId _low;
    private readonly Dictionary<long, TreeNode?[]> _pages = [];
    private TreeNode?[] _page = [];
    private long _pageNumber = -1;

    /// <param name="connection">The ledger.</param>
    /// <param name="calls">Reads calls.</param>
    /// <param name="low">Where the period begins.</param>
    public StoredTree(LedgerConnection connection, CallTracer calls, CallId low)
    {
        _readPage = connection.Prepare("""
            SELECT id, coalesce(parent, 0), segment, level, kind, role, message, tokens, coalesce(tool, 0)
            FROM prompt_nodes WHERE id >= ?1 AND id < ?2 AND segment IS NOT NULL
            """);
        _calls = calls;
        _low = low;
        _callsBefore = low == default ? null : connection.Prepare(CallTracer.SelectBefore);
    }

    /// <inheritdoc/>
    public TreeNode? Find(long node)
    {
        if (node <= 0)
        {
            return null;
        }

        var number = node >> PageShift;
        if (number != _pageNumber)
        {
            (_page, _pageNumber) = (PageOf(number), number);
        }

        return _page[node & (PageSize - 1)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TracedCall> CallsBefore(long leaf)
    {
        if (_callsBefore is null)
        {
            return [];
        }

        Span<byte> key = stackalloc byte[CallId.ByteCount];
        _low.WriteBytes(key);
        _callsBefore.Bind(1, leaf);
        _callsBefore.Bind(2, key);
        var calls = new List<TracedCall>();
        while (_callsBefore.Step())
        {
            calls.Add(_calls.Read(_callsBefore));
        }

        _callsBefore.Reset();
        calls.Reverse();
        return calls;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readPage.Dispose();
        _callsBefore?.Dispose();
    }

    private TreeNode?[] PageOf(long number)
    {
        if (_pages.TryGetValue(number, out var known))
        {
            return known;
        }

        if (_pages.Count >= MaxPages)
        {
            _pages.Clear();
        }

        var page = new TreeNode?[PageSize];
        _readPage.Bind(1, number << PageShift);
        _readPage.Bind(2, (number + 1) << PageShift);
        while (_readPage.Step())
        {
            page[_readPage.Int64(0) & (PageSize - 1)] = Read(_readPage);
        }

        _readPage.Reset();
        return _pages[number] = page;
    }

    private static TreeNode Read(Statement row) => new()
    {
        Parent = row.Int64(1),
        Segment = row.Bytes(2) is { Length: HashBytes } hash ? BinaryPrimitives.ReadUInt128BigEndian(hash) : default,
        Level = (PromptLevel)row.Int64(3),
        Kind = (PromptKind)row.Int64(4),
        Role = (PromptRole)row.Int64(5),
        Message = (int)row.Int64(6),
        Tokens = (int)row.Int64(7),
        Tool = row.Int64(8),
    };
}
