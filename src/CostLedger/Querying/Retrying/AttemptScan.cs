using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Rows;

namespace CostLedger.Querying.Retrying;

/// <summary>
/// Reads attempts. Most are first attempts that succeeded: of them only the row of <c>calls</c> is read, of all others also the
/// details. For one thread; a row is valid until the next is read.
/// </summary>
internal sealed class AttemptScan : IDisposable
{
    private const string CallColumns =
        "c.id, c.attempt, c.outcome, c.http_status, c.provider, c.model, c.session, c.tag_set, c.stop_reason, c.error_type, c.cost_basis, "
        + "c.cost_input + c.cost_output + c.cost_cache_read + c.cost_cache_5m + c.cost_cache_1h + c.cost_server_tools, c.duration_us, c.conversation";

    private const int AskedColumn = 14;

    private readonly Selection _selection;
    private readonly Statement _rows;
    private readonly Statement _details;

    public AttemptScan(LedgerConnection connection, Selection selection)
    {
        _selection = selection;
        _rows = connection.Prepare(
            // The results of a batch are no attempts of a caller's.
            $"SELECT {CallColumns}, 1{selection.Conditions} FROM calls AS c WHERE c.id >= ?1 AND c.id < ?2 AND length(c.id) = 16 AND c.operation <> {(int)Operation.BatchResult} ORDER BY c.id");
        selection.BindTo(_rows);
        _details = connection.Prepare(
            "SELECT first_attempt, model_requested, headers_us, cost_high, extra FROM call_details WHERE id = ?1");
    }

    /// <summary>Reads a range of keys, oldest first.</summary>
    public IEnumerable<AttemptRow> Read(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        while (_rows.Step())
        {
            var row = ReadCall();
            yield return row.IsPlain ? row : WithDetails(row);
        }

        _rows.Reset();
    }

    /// <summary>Reads one attempt with its details; null when the ledger does not hold it.</summary>
    public AttemptRow? Find(CallId id)
    {
        Selection.BindRange(_rows, id, new CallId(id.Value + 1));
        var row = _rows.Step() ? WithDetails(ReadCall()) : null;
        _rows.Reset();
        return row;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _details.Dispose();
    }

    private static TimeSpan? Time(long? microseconds) =>
        microseconds is { } value && Math.Abs(value) <= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond ? TimeSpan.FromMicroseconds(value) : null;

    private AttemptRow ReadCall()
    {
        var id = CallId.FromBytes(_rows.Bytes(0));
        return new AttemptRow
        {
            Id = id,
            Attempt = (int)_rows.Int64(1),
            Outcome = (CallOutcome)_rows.Int64(2),
            HttpStatus = (int?)_rows.Number(3),
            Provider = (Provider)_rows.Int64(4),
            Model = _rows.Int64(5),
            ModelRequested = _rows.Int64(5),
            Session = _rows.Int64(6),
            Conversation = _rows.Int64(13),
            TagSet = _rows.Int64(7),
            StopReason = _rows.Int64(8),
            ErrorType = _rows.Int64(9),
            Basis = (CostBasis)_rows.Int64(10),
            Cost = _rows.Number(11) is { } cost ? new NanoUsd(cost) : null,
            Duration = Time(_rows.Int64(12)) ?? TimeSpan.Zero,
            IsAsked = _rows.Int64(AskedColumn) == 1 && id >= _selection.Low && id < _selection.High,
        };
    }

    private AttemptRow WithDetails(AttemptRow row)
    {
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        row.Id.WriteBytes(key);
        _details.Bind(1, key);
        var whole = row;
        if (_details.Step())
        {
            whole = row with
            {
                First = _details.Bytes(0) is { Length: CallId.ByteCount } first ? CallId.FromBytes(first) : null,
                ModelRequested = _details.Int64(1) is var model and not 0 ? model : row.Model,
                Headers = Time(_details.Number(2)),
                MostCost = _details.Number(3) is { } most ? new NanoUsd(most) : null,
                RetryAfter = Time(ExtraFields.Parse(_details.Text(4)).RetryAfterUs),
            };
        }

        _details.Reset();
        return whole;
    }
}
