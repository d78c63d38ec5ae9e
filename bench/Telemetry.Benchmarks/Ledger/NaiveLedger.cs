using System.Text.Json;
using CostLedger.Records;
using Microsoft.Data.Sqlite;

namespace Telemetry.Benchmarks.Ledger;

/// <summary>What one would write first: one transaction a record, parameters by name, the record as JSON beside a few columns.</summary>
internal sealed class NaiveLedger : IDisposable
{
    private readonly SqliteConnection _connection;

    public NaiveLedger(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = NORMAL");
        Execute("CREATE TABLE calls (id TEXT PRIMARY KEY, model TEXT, input INTEGER, output INTEGER, cost INTEGER, json TEXT)");
    }

    public void Write(CallRecord call)
    {
        using var transaction = _connection.BeginTransaction();
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO calls VALUES ($id, $model, $input, $output, $cost, $json)";
        command.Parameters.AddWithValue("$id", call.Id.ToString());
        command.Parameters.AddWithValue("$model", call.Model);
        command.Parameters.AddWithValue("$input", call.Usage?.InputTokens);
        command.Parameters.AddWithValue("$output", call.Usage?.OutputTokens);
        command.Parameters.AddWithValue("$cost", call.Cost.Total?.Value);
        command.Parameters.AddWithValue("$json", JsonSerializer.Serialize(call));
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
