using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;
using CostLedger.Records;

namespace CostLedger.Querying.Overviews;

/// <summary>Steps through a range of rows once and adds each to the groups of every report. For one thread.</summary>
internal sealed class OverviewScan : IRangeScan<OverviewFindings>
{
    private const int PriceBookColumn = 1;
    private const int TimeColumn = 2;
    private const int SumColumn = TimeColumn + TimeSums.ColumnCount;
    private const int FirstDimensionColumn = SumColumn + RowSums.ColumnCount;

    private readonly Statement _rows;
    private readonly KeyReader[] _usage;
    private readonly KeyReader[] _latency;
    private readonly RowSums _row = new();
    private readonly long[] _key;
    private long _lastPriceBook;

    public OverviewScan(
        LedgerConnection connection, Selection selection, IReadOnlyList<Dimension[]> usage, IReadOnlyList<Dimension[]> latency, int dearest, TimeZoneInfo zone)
    {
        _usage = [.. usage.Select(dimensions => new KeyReader(dimensions, zone))];
        _latency = [.. latency.Select(dimensions => new KeyReader(dimensions, zone))];
        _key = new long[_usage.Concat(_latency).Select(k => k.Length).DefaultIfEmpty().Max()];
        var keys = string.Concat(_usage.Concat(_latency).Select(k => k.Columns));
        _rows = connection.Prepare(
            $"SELECT c.id, c.price_book, {TimeSums.Columns}, {RowSums.Columns}, {keys}0 FROM calls AS c WHERE {selection.Where}");
        selection.BindTo(_rows);
        Result = new OverviewFindings(usage.Count, latency.Count, dearest);
    }

    public OverviewFindings Result { get; }

    public void Run(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        while (_rows.Step())
        {
            AddRow();
        }

        _rows.Reset();
    }

    public void Dispose() => _rows.Dispose();

    private void AddRow()
    {
        _row.Clear();
        _row.Add(_rows, SumColumn);
        var at = FirstDimensionColumn;
        for (var i = 0; i < _usage.Length; i++)
        {
            var key = _key.AsSpan(0, _usage[i].Length);
            _usage[i].Read(_rows, at, key);
            Result.Usage[i].Groups[key].Add(_row);
            at += key.Length;
        }

        for (var i = 0; i < _latency.Length; i++)
        {
            var key = _key.AsSpan(0, _latency[i].Length);
            _latency[i].Read(_rows, at, key);
            Result.Latency[i][key].Add(_rows, TimeColumn);
            at += key.Length;
        }

        NoteDearest(_row.Cost.Total.Value);
        NotePriceBook(_rows.Int64(PriceBookColumn));
    }

    private void NoteDearest(long cost)
    {
        if (Result.Dearest.Wants(cost) && _rows.Bytes(0) is { Length: CallId.ByteCount } id)
        {
            Result.Dearest.Add(cost, CallId.FromBytes(id));
        }
    }

    private void NotePriceBook(long id)
    {
        if (id != _lastPriceBook && id != 0)
        {
            foreach (var sums in Result.Usage)
            {
                sums.PriceBooks.Add(id);
            }

            _lastPriceBook = id;
        }
    }
}
