using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Summing;

/// <summary>
/// Steps through a range of rows and sums them here rather than in SQL: a GROUP BY sorts all rows first and took twice the
/// time over a week, and knows no time zones. For one thread; several of them share a range, see <see cref="ParallelScan"/>.
/// </summary>
internal sealed class UsageScan : IRangeScan<UsageSums>
{
    private const int PriceBookColumn = 1;
    private const int FirstDimensionColumn = 2;

    private readonly Statement _rows;
    private readonly KeyReader _keys;
    private long _lastPriceBook;

    public UsageScan(LedgerConnection connection, Selection selection, IReadOnlyList<Dimension> dimensions, TimeZoneInfo zone)
    {
        _keys = new KeyReader(dimensions, zone);
        _rows = connection.Prepare($"SELECT c.id, c.price_book, {_keys.Columns}{RowSums.Columns} FROM calls AS c WHERE {selection.Where}");
        selection.BindTo(_rows);
    }

    public UsageSums Result { get; } = new();

    public void Run(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        Span<long> key = stackalloc long[_keys.Length];
        while (_rows.Step())
        {
            _keys.Read(_rows, FirstDimensionColumn, key);
            Result.Groups[key].Add(_rows, FirstDimensionColumn + key.Length);
            NotePriceBook(_rows.Int64(PriceBookColumn));
        }

        _rows.Reset();
    }

    public void Dispose() => _rows.Dispose();

    private void NotePriceBook(long id)
    {
        if (id != _lastPriceBook && id != 0)
        {
            Result.PriceBooks.Add(id);
            _lastPriceBook = id;
        }
    }
}
