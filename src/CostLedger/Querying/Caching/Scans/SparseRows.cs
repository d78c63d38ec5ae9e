using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Scans;

/// <summary>
/// Follows a table that has a row for few calls while all calls are gone through in the order of their keys: to look into it for each call
/// would take longer than the calls. For one thread.
/// </summary>
internal sealed class SparseRows : IDisposable
{
    private readonly Statement _rows;
    private bool _isAtRow;

    /// <param name="connection">The ledger.</param>
    /// <param name="table">The table, whose key is that of the call.</param>
    /// <param name="columns">Its columns that are wanted; they come behind the key.</param>
    public SparseRows(LedgerConnection connection, string table, string columns) =>
        _rows = connection.Prepare($"SELECT id, {columns} FROM {table} WHERE id >= ?1 AND id < ?2 ORDER BY id");

    /// <summary>The row that was found last; its first column is the key.</summary>
    public Statement Row => _rows;

    /// <summary>Begins a range of calls.</summary>
    public void Begin(CallId low, CallId high)
    {
        _rows.Reset();
        Selection.BindRange(_rows, low, high);
        _isAtRow = _rows.Step();
    }

    /// <summary>Goes to the row of a call.</summary>
    /// <param name="key">The call's key, which is not before the one that was asked for last.</param>
    /// <returns>Whether there is one.</returns>
    public bool Find(ReadOnlySpan<byte> key)
    {
        var order = -1;
        while (_isAtRow && (order = _rows.Bytes(0).SequenceCompareTo(key)) < 0)
        {
            _isAtRow = _rows.Step();
        }

        return _isAtRow && order == 0;
    }

    /// <summary>Ends the range: until then the ledger's log cannot shrink.</summary>
    public void End()
    {
        _isAtRow = false;
        _rows.Reset();
    }

    public void Dispose() => _rows.Dispose();
}
