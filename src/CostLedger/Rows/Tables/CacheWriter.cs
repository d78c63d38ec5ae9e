using CostLedger.Records;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows.Tables;

/// <summary>Stores what calls lost of the prompt cache, and what the provider said of it. Most calls have neither.</summary>
internal sealed class CacheWriter : IDisposable
{
    private const string PutBreakSql = """
        INSERT OR REPLACE INTO cache_breaks (
          id, compared, reason, is_missed, level, item, segment, byte_at, byte_count, available, tokens_lost, cost_lost, idle_us)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """;

    private readonly NameTable _names;
    private readonly Statement _putBreak;
    private readonly Statement _dropBreak;
    private readonly Statement _putVerdict;
    private readonly Statement _dropVerdict;

    public CacheWriter(SqliteConnection connection, NameTable names)
    {
        _names = names;
        _putBreak = new Statement(connection, PutBreakSql);
        _dropBreak = new Statement(connection, "DELETE FROM cache_breaks WHERE id = ?1");
        _putVerdict = new Statement(connection, "INSERT OR REPLACE INTO cache_verdicts (id, reason, tokens_missed) VALUES (?1, ?2, ?3)");
        _dropVerdict = new Statement(connection, "DELETE FROM cache_verdicts WHERE id = ?1");
    }

    /// <summary>Stores a call's; a stored one that the record has no longer goes.</summary>
    /// <param name="record">The call.</param>
    /// <param name="isStored">Whether the ledger has the call already.</param>
    public void Put(CallRecord record, bool isStored)
    {
        if (record.CacheBreak is { } lost)
        {
            PutBreak(record.Id, lost);
        }
        else if (isStored)
        {
            Drop(_dropBreak, record.Id);
        }

        if (record.CacheVerdict is { } verdict)
        {
            _putVerdict.Bind(1, record.Id);
            _putVerdict.Bind(2, _names.Id(verdict.Reason));
            _putVerdict.Bind(3, verdict.MissedTokens);
            _putVerdict.Run();
        }
        else if (isStored)
        {
            Drop(_dropVerdict, record.Id);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _putBreak.Dispose();
        _dropBreak.Dispose();
        _putVerdict.Dispose();
        _dropVerdict.Dispose();
    }

    private static void Drop(Statement statement, CallId id)
    {
        statement.Bind(1, id);
        statement.Run();
    }

    private void PutBreak(CallId id, CacheBreak lost)
    {
        var put = _putBreak;
        put.Bind(1, id);
        if (lost.ComparedWith is { } compared)
        {
            put.Bind(2, compared);
        }
        else
        {
            put.Bind(2, (string?)null);
        }

        put.Bind(3, _names.Id(lost.Reason));
        put.Bind(4, lost.IsMissed ? 1 : 0);
        put.Bind(5, (int)lost.Level);
        put.Bind(6, lost.Item);
        put.Bind(7, _names.Id(lost.Segment));
        put.Bind(8, lost.ByteAt);
        put.Bind(9, lost.ByteCount);
        put.Bind(10, lost.AvailableTokens);
        put.Bind(11, lost.TokensLost);
        put.Bind(12, lost.CostLost?.Value);
        put.Bind(13, lost.Idle?.Ticks / TimeSpan.TicksPerMicrosecond);
        put.Run();
    }
}
