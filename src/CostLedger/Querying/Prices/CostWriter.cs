using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Rows;

namespace CostLedger.Querying.Prices;

/// <summary>Replaces the costs of stored attempts, in short transactions.</summary>
internal sealed class CostWriter : IDisposable
{
    // Nothing is written over a row that somebody else changed after it was priced.
    private const string UpdateCall = """
        UPDATE calls SET cost_basis = ?1, cost_input = ?2, cost_output = ?3, cost_cache_read = ?4, cost_cache_5m = ?5,
          cost_cache_1h = ?6, cost_server_tools = ?7, saved_by_cache = ?8, price_book = ?9
        WHERE id = ?10 AND outcome = ?11 AND input_tokens IS ?12 AND output_tokens IS ?13 AND cost_basis = ?14
          AND cost_input IS ?15 AND cost_output IS ?16
          AND price_book IS (SELECT id FROM price_books WHERE version = ?17)
        """;

    // About ten megabytes of log.
    private const int WritesPerCheckpoint = 40;

    private const string UpdateDetails = "UPDATE call_details SET cost_low = ?2, cost_high = ?3, extra = ?4 WHERE id = ?1";

    private readonly LedgerConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _updateCall;
    private readonly Statement _updateDetails;
    private readonly Statement _findBook;
    private readonly Statement _addBook;
    private LedgerConnection? _checkpointer;
    private int _writes;

    public CostWriter(LedgerConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _rollback = connection.Prepare("ROLLBACK");
        _updateCall = connection.Prepare(UpdateCall);
        _updateDetails = connection.Prepare(UpdateDetails);
        _findBook = connection.Prepare("SELECT id FROM price_books WHERE version = ?1");
        _addBook = connection.Prepare("INSERT INTO price_books (version, content) VALUES (?1, x'')");
    }

    /// <summary>Keeps a price file, so that costs computed with it can be explained later.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="content">The file.</param>
    public void KeepPriceFile(string version, ReadOnlyMemory<byte> content)
    {
        using var keep = _connection.Prepare(
            "INSERT INTO price_books (version, content) VALUES (?1, ?2) ON CONFLICT (version) DO UPDATE SET content = ?2 WHERE content = x''");
        keep.Bind(version, LedgerStore.Pack(content)).Run();
    }

    /// <summary>Replaces costs, all of them or, when it fails, none.</summary>
    /// <param name="changes">Records as they are stored, and their new costs.</param>
    /// <returns>How many were replaced; the others were changed by somebody else meanwhile.</returns>
    public int Write(IReadOnlyList<(CallRecord Record, CallCost Cost)> changes)
    {
        _begin.Run();
        try
        {
            var written = 0;
            foreach (var (record, cost) in changes)
            {
                written += Write(record, cost) ? 1 : 0;
            }

            _commit.Run();
            if (++_writes % WritesPerCheckpoint == 0)
            {
                Checkpoint();
            }

            return written;
        }
        catch (Storage.LedgerException)
        {
            Rollback();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _updateCall.Dispose();
        _updateDetails.Dispose();
        _findBook.Dispose();
        _addBook.Dispose();
        _checkpointer?.Dispose();
    }

    private bool Write(CallRecord record, CallCost cost)
    {
        var key = new byte[CallId.ByteCount];
        record.Id.WriteBytes(key);
        var (now, then) = (cost.ByClass, record.Cost.ByClass);
        _updateCall.Bind(
            (long)cost.Basis,
            Money(now?.Input),
            Money(now?.Output),
            Money(now?.CacheRead),
            Money(now?.CacheWrite5m),
            Money(now?.CacheWrite1h),
            Money(now?.ServerTools),
            Money(cost.SavedByCache),
            SqlValue.From(IdOf(cost.PriceVersion)),
            key,
            (long)record.Outcome,
            SqlValue.From(record.Usage?.InputTokens),
            SqlValue.From(record.Usage?.OutputTokens),
            (long)record.Cost.Basis,
            Money(then?.Input),
            Money(then?.Output),
            SqlValue.From(record.Cost.PriceVersion));
        _updateCall.Run();
        if (_connection.Changes == 0)
        {
            return false;
        }

        var extra = ExtraFields.Serialize(record with { Cost = cost });
        _updateDetails.Bind(key, Money(cost.LowerBound), Money(cost.UpperBound), SqlValue.From(extra)).Run();
        return true;
    }

    // The write lock is held meanwhile, so that no process can begin the log anew during a checkpoint: before SQLite 3.51.3 that
    // race may damage a database (https://sqlite.org/wal.html#walresetbug).
    private void Checkpoint()
    {
        _checkpointer ??= LedgerConnection.OpenForChanges(_connection.Path);
        _begin.Run();
        try
        {
            _checkpointer.Scalar("PRAGMA wal_checkpoint(PASSIVE)");
        }
        finally
        {
            Rollback();
        }
    }

    private static SqlValue Money(NanoUsd? amount) => SqlValue.From(amount?.Value);

    private long? IdOf(string? version)
    {
        if (version is null)
        {
            return null;
        }

        // The price file is stored by the ledger's writer; until then only its version is known.
        if (FindBook(version) is not { } id)
        {
            _addBook.Bind(1, version);
            _addBook.Run();
            id = FindBook(version) ?? 0;
        }

        return id;
    }

    private long? FindBook(string version)
    {
        _findBook.Bind(1, version);
        try
        {
            return _findBook.Step() ? _findBook.Int64(0) : null;
        }
        finally
        {
            _findBook.Reset();
        }
    }

    private void Rollback()
    {
        try
        {
            _rollback.Run();
        }
        catch (Storage.LedgerException)
        {
            // SQLite rolls back by itself on many failures; then there is nothing left to roll back.
        }
    }
}
