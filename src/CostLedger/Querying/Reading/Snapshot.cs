namespace CostLedger.Querying.Reading;

/// <summary>A read transaction: until it is disposed, its connection sees one state of the ledger.</summary>
internal sealed class Snapshot : IDisposable
{
    private readonly LedgerConnection _connection;

    public Snapshot(LedgerConnection connection)
    {
        _connection = connection;
        connection.Run("BEGIN");
        try
        {
            // BEGIN alone fixes nothing; the first read does.
            connection.Scalar("SELECT count(*) FROM sqlite_master");
        }
        catch (Storage.LedgerException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose() => _connection.Run("ROLLBACK");
}
