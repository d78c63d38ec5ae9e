using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Tests.Storage;

/// <summary>A folder of its own for a test's ledger, and looks at it that do not go through the ledger.</summary>
internal sealed class LedgerFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("costledger-").FullName;

    public string Ledger => Path.Combine(Folder, "ledger.db");

    public IReadOnlyList<string> Beside(string mark) => LedgerPaths.Beside(Ledger, mark);

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Ledger};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Keeps every other connection from writing until it is disposed.</summary>
    public SqliteConnection LockOut()
    {
        var connection = Connect();
        LedgerFile.Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    public IReadOnlyList<CallRecord> ReadAll()
    {
        using var connection = LedgerConnection.OpenForReading(Ledger);
        return [.. CallRows.Read(connection, Selection.All)];
    }

    public long Number(string sql)
    {
        using var connection = Connect();
        return LedgerFile.ReadNumber(connection, sql);
    }

    public string Text(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
