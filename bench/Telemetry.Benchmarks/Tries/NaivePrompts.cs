using Microsoft.Data.Sqlite;
using Telemetry.Handler.Segments;

namespace Telemetry.Benchmarks.Tries;

/// <summary>What one would write first: every segment of every request is counted, and stored as a row of its call.</summary>
internal sealed class NaivePrompts : IDisposable
{
    private readonly SqliteConnection _connection;
    private long _calls;

    public NaivePrompts(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = NORMAL");
        Execute("CREATE TABLE segments (call INTEGER, place INTEGER, level INTEGER, kind INTEGER, role INTEGER, hash BLOB, bytes INTEGER, tokens INTEGER, PRIMARY KEY (call, place)) WITHOUT ROWID");
    }

    public void Write(IReadOnlyList<Segment> segments)
    {
        using var transaction = _connection.BeginTransaction();
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO segments VALUES ($call, $place, $level, $kind, $role, $hash, $bytes, $tokens)";
        string[] names = ["$call", "$place", "$level", "$kind", "$role", "$hash", "$bytes", "$tokens"];
        var parameters = names.Select(name => command.Parameters.AddWithValue(name, 0)).ToList();
        parameters[0].Value = ++_calls;
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            object[] values = [_calls, i, (int)segment.Level, (int)segment.Kind, (int)segment.Role, BitConverter.GetBytes(segment.Hash), segment.Length, segment.Tokens];
            for (var p = 1; p < values.Length; p++)
            {
                parameters[p].Value = values[p];
            }

            command.ExecuteNonQuery();
        }

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
