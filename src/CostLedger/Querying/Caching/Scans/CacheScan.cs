using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Scans;

/// <summary>Steps through a range of rows and sums what was read, written and lost. For one thread.</summary>
internal sealed class CacheScan : IRangeScan<CacheFindings>
{
    private const int Model = 1;
    private const int Place = 2;
    private const int Read = 4;
    private const int Expected = 5;
    private const int IsUntold = 6;
    private const int Session = 7;
    private const int FirstDimensionColumn = 9;

    // Only clouds have locations; the calls of the API itself are spared the second table. What was counted is an answer,
    // not a prompt that was sent.
    private static readonly string Columns =
        $"c.id, ifnull(c.model, 0), iif(c.provider = {(int)Provider.Anthropic}, 0, ifnull((SELECT d.location FROM call_details AS d WHERE d.id = c.id), 0)), c.provider, "
        + "ifnull(c.cache_read_tokens, -1), ifnull(e.expected_cache_read, -1), "
        + $"c.operation <> {(int)Operation.CountTokens} AND ifnull(c.input_tokens, 0) > 0 AND ifnull(c.cache_read_tokens, c.cache_creation_tokens) IS NULL, "
        + "c.session, c.conversation, ";

    // From the few breaks to their calls, where only they are asked for. CROSS JOIN keeps this order.
    private const string BreaksFirst = "cache_breaks AS b CROSS JOIN calls AS c ON c.id = b.id AND b.id >= ?1 AND b.id < ?2 AND b.is_missed = 0";

    private readonly Statement _rows;
    private readonly SparseRows _breaks;
    private readonly SparseRows _verdicts;
    private readonly StringTable _strings;
    private readonly CacheRowReader _losses;
    private readonly KeyReader _keys;

    public CacheScan(LedgerConnection connection, Selection selection, IReadOnlyList<Dimension> dimensions, TimeZoneInfo zone, BreakChoice choice, bool onlyBreaks)
    {
        _strings = new StringTable(connection);
        _losses = new CacheRowReader(_strings);
        _keys = new KeyReader(dimensions, zone);
        _breaks = new SparseRows(connection, "cache_breaks AS b", CacheRowReader.BreakColumns);
        _verdicts = new SparseRows(connection, "cache_verdicts AS v", CacheRowReader.VerdictColumns);
        _rows = connection.Prepare(
            $"SELECT {Columns}{_keys.Columns}{RowSums.Columns} FROM {(onlyBreaks ? BreaksFirst : "calls AS c")} "
            + $"LEFT JOIN call_estimates AS e ON e.model = ifnull(c.model, 0) AND e.id = c.id WHERE {selection.Where} "
            + $"ORDER BY {(onlyBreaks ? "b" : "c")}.id");
        selection.BindTo(_rows);
        Result = new CacheFindings(choice);
    }

    public CacheFindings Result { get; }

    public void Run(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        _breaks.Begin(low, high);
        _verdicts.Begin(low, high);
        Span<long> key = stackalloc long[_keys.Length];
        while (_rows.Step())
        {
            _keys.Read(_rows, FirstDimensionColumn, key);
            var sums = Result.Groups[key];
            sums.Add(_rows, FirstDimensionColumn + key.Length, _rows.Int64(IsUntold) != 0);
            AddRest(sums);
        }

        _rows.Reset();
        _breaks.End();
        _verdicts.End();
    }

    public void Dispose()
    {
        _rows.Dispose();
        _breaks.Dispose();
        _verdicts.Dispose();
        _strings.Dispose();
    }

    private void AddRest(CacheSums sums)
    {
        var (read, expected) = (_rows.Int64(Read), _rows.Int64(Expected));
        if (expected >= 0 && read >= 0)
        {
            Result.Forecast.Add(expected, read);
        }

        var (lost, verdict) = ReadLoss();
        if (verdict is not null)
        {
            Result.Count(lost?.Reason, verdict.Reason);
        }

        // What is kept under a key that is none was written by somebody else.
        if ((read > 0 || expected > 0 || lost is { AvailableTokens: > 0 }) && _rows.Bytes(0).Length == CallId.ByteCount)
        {
            AddPlace(lost);
        }

        if (lost is not null && Result.Wants(lost) && _rows.Bytes(0) is { Length: CallId.ByteCount } id)
        {
            sums.Add(lost);
            Result.Add(new FoundLoss(CallId.FromBytes(id), (Provider)_rows.Int64(Place + 1), _rows.Int64(Model), _rows.Int64(Session), _rows.Int64(Session + 1), lost));
        }
    }

    private (CacheBreak? Lost, CacheVerdict? Verdict) ReadLoss()
    {
        var (first, second) = (1, 1);
        var id = _rows.Bytes(0);
        return (
            _breaks.Find(id) ? _losses.ReadBreak(_breaks.Row, ref first) : null,
            _verdicts.Find(id) ? _losses.ReadVerdict(_verdicts.Row, ref second) : null);
    }

    private void AddPlace(CacheBreak? lost)
    {
        var place = Result.PlaceOf(((Provider)_rows.Int64(Place + 1), _rows.Int64(Model), _rows.Int64(Place)));
        place.Readable++;
        if (lost is { IsProvider: true })
        {
            place.Lost.Add(lost);
        }
    }
}
