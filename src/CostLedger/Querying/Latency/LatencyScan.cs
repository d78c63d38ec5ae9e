using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Latency;

/// <summary>Steps through a range of rows and measures them. For one thread.</summary>
internal sealed class LatencyScan : IRangeScan<LatencyFindings>
{
    private const int FirstDimensionColumn = 1;

    // Counting tokens and listing batches answer in another order of time; the results of a batch take none of their own.
    private static readonly string Generations = $"c.operation IN ({(int)Operation.Messages}, {(int)Operation.Converse})";

    private readonly Statement _rows;
    private readonly KeyReader _keys;

    public LatencyScan(LedgerConnection connection, Selection selection, IReadOnlyList<Dimension> dimensions, TimeZoneInfo zone)
    {
        _keys = new KeyReader(dimensions, zone);
        _rows = connection.Prepare(
            $"SELECT c.id, {_keys.Columns}{LatencySums.Columns} FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id "
            + $"WHERE {selection.Where} AND {Generations}");
        selection.BindTo(_rows);
    }

    public LatencyFindings Result { get; } = new();

    public void Run(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        Span<long> key = stackalloc long[_keys.Length];
        while (_rows.Step())
        {
            _keys.Read(_rows, FirstDimensionColumn, key);
            var duration = Result.Groups[key].Add(_rows, FirstDimensionColumn + key.Length);
            if (duration is { } us && Result.Slowest.Wants(us) && _rows.Bytes(0) is { Length: CallId.ByteCount } id)
            {
                Result.Slowest.Add(us, CallId.FromBytes(id));
            }
        }

        _rows.Reset();
    }

    public void Dispose() => _rows.Dispose();
}
