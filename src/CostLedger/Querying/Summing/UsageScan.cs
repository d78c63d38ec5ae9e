using System.Buffers.Binary;
using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Summing;

/// <summary>
/// Steps through a range of rows and sums them here rather than in SQL: a GROUP BY sorts all rows first and took twice the
/// time over a week, and knows no time zones. For one thread; several of them share a range, see <see cref="ParallelScan"/>.
/// </summary>
internal sealed class UsageScan : IDisposable
{
    private const int PriceBookColumn = 1;
    private const int FirstDimensionColumn = 2;

    private readonly Statement _rows;
    private readonly TimeSlots?[] _slots;
    private readonly bool _needsTime;
    private long _lastPriceBook;

    public UsageScan(LedgerConnection connection, Selection selection, IReadOnlyList<Dimension> dimensions, TimeZoneInfo zone)
    {
        _slots = [.. dimensions.Select(d => d.Column is null ? new TimeSlots(d.Unit, zone) : null)];
        _needsTime = Array.Exists(_slots, slots => slots is not null);
        var keys = string.Concat(dimensions.Select(d => (d.Column ?? "0") + ", "));
        _rows = connection.Prepare($"SELECT c.id, c.price_book, {keys}{RowSums.Columns} FROM calls AS c WHERE {selection.Where}");
        selection.BindTo(_rows);
    }

    /// <summary>The sums so far.</summary>
    public SumTable Sums { get; } = new();

    /// <summary>Adds the rows of a part of the selection's range.</summary>
    public void Run(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        Span<long> key = stackalloc long[_slots.Length];
        while (_rows.Step())
        {
            var time = _needsTime ? TimeOf(_rows.Bytes(0)) : 0;
            for (var i = 0; i < key.Length; i++)
            {
                key[i] = _slots[i] is { } slots ? slots.Of(time) : _rows.Int64(FirstDimensionColumn + i);
            }

            Sums[key].Add(_rows, FirstDimensionColumn + key.Length);
            NotePriceBook(_rows.Int64(PriceBookColumn));
        }

        _rows.Reset();
    }

    public void Dispose() => _rows.Dispose();

    // The first 48 bits of a key are milliseconds.
    private static long TimeOf(ReadOnlySpan<byte> key) =>
        key.Length < sizeof(long) ? 0 : (long)(BinaryPrimitives.ReadUInt64BigEndian(key) >> 16);

    private void NotePriceBook(long id)
    {
        if (id != _lastPriceBook && id != 0)
        {
            Sums.PriceBooks.Add(id);
            _lastPriceBook = id;
        }
    }
}
