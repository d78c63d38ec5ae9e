using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Rows.Tables;

namespace CostLedger.Querying.Caching.Traffic;

/// <summary>Reads the last calls of a selection with their prompts. For one thread.</summary>
internal sealed class TrafficReader : IDisposable
{
    private const int TokenColumns = 11;
    private const int LostColumns = 21;

    // Behind the two of the range; as selections count.
    private const int FirstValue = 3;

    private static readonly string Columns = $"""
        c.id, c.provider, c.model, d.location, d.model_requested, p.leaf, p.depth, p.thread, p.automatic, p.breakpoints, p.scope,
        c.input_tokens, c.cache_read_tokens, c.cache_creation_tokens, c.cache_5m_tokens, c.cache_1h_tokens,
        c.cost_input, c.cost_cache_read, c.cost_cache_5m, c.cost_cache_1h, ifnull(c.first_content_us, c.duration_us), {CacheRowReader.Columns}
        """;

    // What a batch runs, it runs in an order of its own.
    private static readonly string IsSent =
        $"c.operation IN ({(int)Operation.Messages}, {(int)Operation.Converse}) AND c.cache_read_tokens IS NOT NULL";

    private readonly Selection _selection;
    private readonly StringTable _strings;
    private readonly CacheRowReader _losses;
    private readonly Statement _rows;
    private readonly Statement _others;
    private readonly PromptTree _tree;
    private readonly PriceTable _prices;
    private readonly Dictionary<(Provider, long Model, long Location, long Scope), int> _caches = [];

    public TrafficReader(LedgerConnection connection, Selection selection, PromptTree tree, PriceTable prices)
    {
        (_tree, _prices) = (tree, prices);
        _strings = new StringTable(connection);
        _losses = new CacheRowReader(_strings);
        _selection = selection;
        _rows = Prepare(connection, selection.Where);
        _others = Prepare(connection, $"c.id >= ?1 AND c.id < ?2 AND (c.id < ?{selection.Values.Count + FirstValue}{selection.Conditions}) IS NOT TRUE");
    }

    /// <summary>Reads at most so many calls, the last ones.</summary>
    /// <returns>The calls, oldest first, and whether there are more.</returns>
    public (List<TrafficCall> Calls, bool IsCut) Read(int most)
    {
        _selection.BindTo(_rows);
        return Read(_rows, most);
    }

    /// <summary>Reads at most so many calls that were not chosen, the last ones.</summary>
    /// <param name="from">The first time.</param>
    /// <param name="until">The time after the last.</param>
    /// <param name="most">How many.</param>
    /// <returns>The calls, oldest first, and whether there are more.</returns>
    public (List<TrafficCall> Calls, bool IsCut) ReadOthers(DateTimeOffset from, DateTimeOffset until, int most)
    {
        Span<byte> end = stackalloc byte[CallId.ByteCount];
        _selection.High.WriteBytes(end);
        _selection.BindTo(_others);
        Selection.BindRange(_others, CallId.FirstAt(from), CallId.FirstAt(until));
        _others.Bind(_selection.Values.Count + FirstValue, end);
        return Read(_others, most);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _others.Dispose();
        _strings.Dispose();
    }

    // Counts are stored as the provider gave them, however absurd; no prompt has a trillion tokens.
    private static long Tokens(long stored) => Math.Clamp(stored, 0, 1_000_000_000_000);

    private static DateTimeOffset After(DateTimeOffset start, long microseconds) =>
        start + TimeSpan.FromMicroseconds(Math.Clamp(microseconds, 0, TimeSpan.FromDays(1).Ticks / TimeSpan.TicksPerMicrosecond));

    private static Statement Prepare(LedgerConnection connection, string where) => connection.Prepare(
        $"SELECT {Columns} FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id LEFT JOIN call_prompts AS p ON p.id = c.id "
        + $"{CacheRowReader.Joins} WHERE {where} AND length(c.id) = 16 AND {IsSent} ORDER BY c.id DESC");

    private (List<TrafficCall> Calls, bool IsCut) Read(Statement rows, int most)
    {
        var calls = new List<TrafficCall>();
        var isCut = false;
        while (!isCut && rows.Step())
        {
            isCut = calls.Count == most;
            if (!isCut)
            {
                calls.Add(ReadCall(rows));
            }
        }

        calls.Reverse();
        return (calls, isCut);
    }

    private TrafficCall ReadCall(Statement rows)
    {
        var id = CallId.FromBytes(rows.Bytes(0));
        var provider = (Provider)rows.Int64(1);
        var (model, location, requested) = (_strings[rows.Int64(2)], _strings[rows.Int64(3)], _strings[rows.Int64(4)]);
        var leaf = rows.Number(5) is { } node ? _tree.Find(node) : TrafficCall.NoNode;
        leaf = leaf != TrafficCall.NoNode && _tree.DepthOf(leaf) == rows.Int64(6) ? leaf : TrafficCall.NoNode;
        var breakpoints = BreakpointText.Parse(rows.Text(9));
        var isAutomatic = !rows.IsNull(8);
        var next = LostColumns;
        var (all, hour) = (Tokens(rows.Int64(TokenColumns + 2)), Tokens(rows.Int64(TokenColumns + 4)));
        return new TrafficCall
        {
            Id = id,
            Cache = CacheOf((provider, rows.Int64(2), rows.Int64(3), rows.Int64(10))),
            Model = model ?? "(unknown)",
            ReadableAt = After(id.Time, rows.Int64(LostColumns - 1)),
            Leaf = leaf,
            Thread = rows.Int64(7),
            Marks = leaf == TrafficCall.NoNode ? [] : MarksOf(leaf, breakpoints, isAutomatic),
            IsUnmarked = leaf != TrafficCall.NoNode && breakpoints.Count == 0 && !isAutomatic,
            Uncached = Tokens(rows.Int64(TokenColumns)),
            Read = Tokens(rows.Int64(TokenColumns + 1)),
            Written5m = Math.Max(Tokens(rows.Int64(TokenColumns + 3)), all - hour),
            Written1h = hour,
            InputCost = CostOf(rows, TokenColumns + 5),
            Prices = _prices.Of(provider, model, requested, location, id.Time),
            Lost = _losses.ReadBreak(rows, ref next),
        };
    }

    private static NanoUsd? CostOf(Statement rows, int first) => rows.IsNull(first)
        ? null
        : new NanoUsd(rows.Int64(first)) + new NanoUsd(rows.Int64(first + 1)) + new NanoUsd(rows.Int64(first + 2)) + new NanoUsd(rows.Int64(first + 3));

    private int CacheOf((Provider, long, long, long) key) =>
        _caches.TryGetValue(key, out var number) ? number : _caches[key] = _caches.Count;

    private List<int> MarksOf(int leaf, IReadOnlyList<PromptBreakpoint> breakpoints, bool isAutomatic)
    {
        var marks = breakpoints.Select(b => _tree.At(leaf, b.Depth)).Where(n => n != TrafficCall.NoNode).ToList();
        if (isAutomatic)
        {
            marks.Add(leaf);
        }

        marks.Sort((left, right) => _tree.DepthOf(left).CompareTo(_tree.DepthOf(right)));
        return marks;
    }
}
