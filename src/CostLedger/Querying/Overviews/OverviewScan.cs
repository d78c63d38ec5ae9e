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

    public OverviewScan(LedgerConnection connection, Selection selection, OverviewQuestion question)
    {
        _usage = [.. question.Usage.Select(by => KeyReaderOf(by, question.Zone))];
        _latency = [.. question.Latency.Select(by => KeyReaderOf(by, question.Zone))];
        _key = new long[_usage.Concat(_latency).Select(k => k.Length).DefaultIfEmpty().Max()];
        var keys = string.Concat(_usage.Concat(_latency).Select(k => k.Columns));
        _rows = connection.Prepare(
            $"SELECT c.id, c.price_book, {TimeSums.Columns}, {RowSums.Columns}, {keys}0 FROM calls AS c WHERE {selection.Where}");
        selection.BindTo(_rows);
        Result = new OverviewFindings(question);
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

    private static KeyReader KeyReaderOf(IReadOnlyList<Grouping> by, TimeZoneInfo zone) => new([.. by.Select(Grouping.DimensionOf)], zone);

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

        if (_row.Cost.Total.Value is > 0 and var cost)
        {
            Note(Result.Dearest, cost);
        }

        if (TimeSums.AnswerOf(_rows, TimeColumn) is { } duration)
        {
            Note(Result.Slowest, duration);
        }

        NotePriceBook(_rows.Int64(PriceBookColumn));
    }

    private void Note(GreatestCalls calls, long value)
    {
        if (calls.Wants(value) && _rows.Bytes(0) is { Length: CallId.ByteCount } id)
        {
            calls.Add(value, CallId.FromBytes(id));
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
