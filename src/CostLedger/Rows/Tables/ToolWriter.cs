using CostLedger.Records;
using CostLedger.Records.Tools;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows.Tables;

/// <summary>
/// Stores what a call's request tells of tools. A round that several calls bring (attempts of one call, branches of a conversation)
/// is stored once, at the earliest of them, whatever the order in which the records come.
/// </summary>
internal sealed class ToolWriter : IDisposable
{
    private const string PutRoundSql = """
        INSERT INTO tool_rounds (id, place, key, tool, is_server, is_error, arguments, result, use_tokens, result_tokens)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """;

    private const string PutLoopSql =
        "INSERT INTO tool_loops (id, kind, tool, rounds, since, is_first) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    private readonly NameTable _names;
    private readonly Statement _dropRounds;
    private readonly Statement _dropLater;
    private readonly Statement _isKnown;
    private readonly Statement _putRound;
    private readonly Statement _dropLoop;
    private readonly Statement _putLoop;

    public ToolWriter(SqliteConnection connection, NameTable names)
    {
        _names = names;
        _dropRounds = new Statement(connection, "DELETE FROM tool_rounds WHERE id = ?1");
        _dropLater = new Statement(connection, "DELETE FROM tool_rounds WHERE key = ?1 AND id > ?2");
        _isKnown = new Statement(connection, "SELECT 1 FROM tool_rounds WHERE key = ?1");
        _putRound = new Statement(connection, PutRoundSql);
        _dropLoop = new Statement(connection, "DELETE FROM tool_loops WHERE id = ?1");
        _putLoop = new Statement(connection, PutLoopSql);
    }

    /// <summary>Stores a call's rounds and its loop, in place of those that are stored of it; nothing happens where its prompt is not known.</summary>
    /// <param name="record">The call.</param>
    /// <param name="isStored">Whether the ledger has the call already.</param>
    public void Put(CallRecord record, bool isStored)
    {
        if (record.Prompt is null)
        {
            return;
        }

        if (isStored)
        {
            Run(_dropRounds, record.Id);
            Run(_dropLoop, record.Id);
        }

        for (var i = 0; i < Math.Min(record.ToolRounds.Count, ToolRound.MaxRounds); i++)
        {
            PutRound(record.Id, i, record.ToolRounds[i]);
        }

        if (record.ToolLoop is { } loop)
        {
            PutLoop(record.Id, loop);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dropRounds.Dispose();
        _dropLater.Dispose();
        _isKnown.Dispose();
        _putRound.Dispose();
        _dropLoop.Dispose();
        _putLoop.Dispose();
    }

    private static void Run(Statement statement, CallId id)
    {
        statement.Bind(1, id);
        statement.Run();
    }

    private void PutRound(CallId id, int place, in ToolRound round)
    {
        _dropLater.Bind(1, round.Key);
        _dropLater.Bind(2, id);
        _dropLater.Run();
        _isKnown.Bind(1, round.Key);
        if (_isKnown.ReadNumber() is not null)
        {
            return;
        }

        _putRound.Bind(1, id);
        _putRound.Bind(2, place);
        _putRound.Bind(3, round.Key);
        _putRound.Bind(4, _names.Id(round.Tool));
        _putRound.Bind(5, round.IsServer ? 1 : 0);
        _putRound.Bind(6, round.IsError ? 1 : 0);
        _putRound.Bind(7, round.Arguments);
        _putRound.Bind(8, round.Result);
        _putRound.Bind(9, round.UseTokens);
        _putRound.Bind(10, round.ResultTokens);
        _putRound.Run();
    }

    private void PutLoop(CallId id, ToolLoop loop)
    {
        _putLoop.Bind(1, id);
        _putLoop.Bind(2, (int)loop.Kind);
        _putLoop.Bind(3, _names.Id(loop.Tool));
        _putLoop.Bind(4, loop.Rounds);
        _putLoop.Bind(5, loop.SinceMessage);
        _putLoop.Bind(6, loop.IsFirst ? 1 : 0);
        _putLoop.Run();
    }
}
