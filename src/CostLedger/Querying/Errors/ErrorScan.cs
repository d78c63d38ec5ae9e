using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Errors;

/// <summary>Steps through a range of rows and sums those that failed. For one thread.</summary>
internal sealed class ErrorScan : IRangeScan<ErrorFindings>
{
    private const int FirstAttemptColumn = 1;
    private const int FirstDimensionColumn = 2;

    private static readonly Dimension[] Kinds = [new("c.outcome"), new("c.http_status"), new("c.error_type"), new("c.model")];

    private readonly KeyReader _keys;
    private readonly Statement _rows;
    private readonly IReadOnlyDictionary<CallId, CallId> _successes;

    /// <summary>Makes a scan.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="selection">Which attempts.</param>
    /// <param name="slots">What time is cut into.</param>
    /// <param name="zone">Whose clocks.</param>
    /// <param name="successes">The last success of logical calls that were tried again, by their first attempt.</param>
    public ErrorScan(
        LedgerConnection connection, Selection selection, TimeUnit slots, TimeZoneInfo zone, IReadOnlyDictionary<CallId, CallId> successes)
    {
        _successes = successes;
        _keys = new KeyReader([.. Kinds, Dimension.Of(slots)], zone);
        _rows = connection.Prepare(
            $"SELECT c.id, d.first_attempt, {_keys.Columns}{ErrorSums.Columns} FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id "
            + $"WHERE {selection.Where} AND length(c.id) = {CallId.ByteCount} AND c.outcome NOT IN ({(int)CallOutcome.Success}, {(int)CallOutcome.Refused})");
        selection.BindTo(_rows);
    }

    public ErrorFindings Result { get; } = new();

    public void Run(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        Span<long> key = stackalloc long[_keys.Length];
        while (_rows.Step())
        {
            _keys.Read(_rows, FirstDimensionColumn, key);
            var id = CallId.FromBytes(_rows.Bytes(0));
            Result.Groups[key[..Kinds.Length]].Add(id, _rows, FirstDimensionColumn + key.Length, IsFollowed(id));
            if ((CallOutcome)key[0] != CallOutcome.Canceled)
            {
                Result.Count(key[Kinds.Length]);
            }
        }

        _rows.Reset();
    }

    public void Dispose() => _rows.Dispose();

    private bool IsFollowed(CallId id)
    {
        var first = _rows.Bytes(FirstAttemptColumn) is { Length: CallId.ByteCount } key ? CallId.FromBytes(key) : id;
        return _successes.TryGetValue(first, out var success) && success > id;
    }
}
