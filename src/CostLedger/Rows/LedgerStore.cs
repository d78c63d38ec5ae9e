using System.IO.Compression;
using CostLedger.Records;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows;

/// <summary>One open ledger as its writer uses it: transactions, checkpoints, and a new file where the old one is damaged. For one thread.</summary>
internal sealed class LedgerStore : IDisposable
{
    // A commit that fills a batch of one writes two pages, and one for each limit that its responses tell of.
    private const int PagesPerCommit = 2;
    private const int RecordsPerPage = 8;
    private const int PagesPerPrompt = 3;
    private const int PagesPerPruning = 300;
    private const int ManyPages = 1_000;
    private const int TooManyPages = 4_000;
    private const int MaxPriceFileBytes = 64 * 1024 * 1024;

    private const string KeepSql = """
        INSERT INTO price_books (version, content) VALUES (?1, ?2)
        ON CONFLICT (version) DO UPDATE SET content = ?2 WHERE content = x''
        """;

    private readonly SqliteConnection _connection;
    private readonly RecordWriter _records;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _keep;
    private readonly string _identity;
    private CallPruner? _pruner;
    private int _logPages;
    private int _recordsInTransaction;
    private int _otherPagesInTransaction;

    private LedgerStore(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
        _rollback = new Statement(connection, "ROLLBACK");
        _keep = new Statement(connection, KeepSql);
        _records = new RecordWriter(connection);
        _identity = ReadIdentity(connection);
    }

    /// <summary>The ledger's file.</summary>
    public string Path { get; }

    /// <summary>Whether the write-ahead log has grown enough for a checkpoint when nothing else is to be done.</summary>
    public bool IsCheckpointDue => _logPages >= ManyPages;

    /// <summary>Whether the write-ahead log has grown so much that a checkpoint cannot wait.</summary>
    public bool IsCheckpointUrgent => _logPages >= TooManyPages;

    /// <summary>Opens a ledger, creating and migrating it, and moving a damaged one aside.</summary>
    /// <param name="path">The file.</param>
    /// <param name="survivePowerLoss">Whether every commit is forced to the disk.</param>
    /// <param name="clock">The clock, for the names of files that are moved aside.</param>
    /// <param name="notice">Told what an operator should know.</param>
    /// <exception cref="LedgerException">It cannot be opened; the message says what to do.</exception>
    public static LedgerStore Open(string path, bool survivePowerLoss, TimeProvider clock, Action<string> notice)
    {
        try
        {
            return Connect(path, survivePowerLoss, clock);
        }
        catch (SqliteException e) when (LedgerFile.IsCorrupt(e.SqliteErrorCode))
        {
            if (LedgerRepair.MoveAsideIfDamaged(path, clock.GetUtcNow()) is { } done)
            {
                notice(done);
            }
        }

        try
        {
            return Connect(path, survivePowerLoss, clock);
        }
        catch (SqliteException e)
        {
            throw new LedgerException($"The ledger {path} is damaged ({e.Message}); move it away by hand.", e);
        }
    }

    /// <summary>Begins a transaction.</summary>
    /// <returns>False when another connection is writing.</returns>
    public bool TryBegin()
    {
        (_recordsInTransaction, _otherPagesInTransaction) = (0, 0);
        return _begin.TryRun();
    }

    /// <summary>Stores a record, replacing a stored one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="writtenUs">When it was handed in, Unix microseconds.</param>
    /// <returns>False when it is a batch's result that the ledger has already; the stored row stays.</returns>
    public bool Put(CallRecord record, long writtenUs)
    {
        _recordsInTransaction++;
        _otherPagesInTransaction = Math.Max(_otherPagesInTransaction, record.RateLimits.Count);
        if (record.Prompt is { } prompt)
        {
            // Hashes are nowhere near each other: each new node or round writes a page of their index.
            _otherPagesInTransaction += PagesPerPrompt + prompt.NewNodes.Count + record.ToolRounds.Count;
        }

        return _records.Put(record, writtenUs);
    }

    /// <summary>Deletes calls and limits within the transaction.</summary>
    public void Prune(Action<CallPruner> prune)
    {
        _otherPagesInTransaction += PagesPerPruning;
        prune(_pruner ??= new CallPruner(_connection));
    }

    /// <summary>Stores a record from a spool unless the ledger holds it or an amended form of it.</summary>
    /// <returns>Whether it was stored.</returns>
    public bool PutIfNewer(CallRecord record, long writtenUs)
    {
        if (_records.WrittenAt(record.Id) is { } stored && stored >= writtenUs)
        {
            return false;
        }

        return Put(record, writtenUs);
    }

    /// <summary>Whether a call is stored.</summary>
    public bool Contains(CallId id) => _records.WrittenAt(id) is not null;

    /// <summary>Compresses a price file for <see cref="KeepPriceBook"/>.</summary>
    public static byte[] Pack(ReadOnlyMemory<byte> content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(content.Span);
        }

        return packed.ToArray();
    }

    /// <summary>Reads a price file that a ledger holds.</summary>
    /// <returns>The file's bytes; null when the ledger holds no file of this version.</returns>
    public static byte[]? ReadPriceBook(SqliteConnection connection, string version)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT content FROM price_books WHERE version = $version AND content <> x''";
        command.Parameters.AddWithValue("$version", version);
        if (command.ExecuteScalar() is not byte[] packed)
        {
            return null;
        }

        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var content = new MemoryStream();
        var buffer = new byte[32 * 1024];
        for (int read; content.Length < MaxPriceFileBytes && (read = brotli.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>Stores a price file once.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="packed">The file, as <see cref="Pack"/> made it.</param>
    public void KeepPriceBook(string version, ReadOnlySpan<byte> packed)
    {
        _keep.Bind(1, Statement.Clean(version));
        _keep.Bind(2, packed);
        _keep.Run();
    }

    /// <summary>Makes the transaction durable.</summary>
    public void Commit()
    {
        _commit.Run();
        _logPages += PagesPerCommit + (_recordsInTransaction / RecordsPerPage) + _otherPagesInTransaction;
    }

    /// <summary>Drops the transaction, if there is one.</summary>
    public void Rollback()
    {
        _records.Forget();
        try
        {
            _rollback.Run();
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself on many failures; then there is nothing left to roll back.
        }
    }

    /// <summary>
    /// Copies the write-ahead log into the database. The write lock is held meanwhile, so that no process can begin the log anew
    /// during a checkpoint: in SQLite before 3.51.3 that race may damage a database (https://sqlite.org/wal.html#walresetbug).
    /// </summary>
    /// <returns>False when the ledger's file is no longer at its path, and this store should be closed.</returns>
    public bool Checkpoint()
    {
        using var second = LedgerFile.OpenAgain(Path);
        if (!string.Equals(ReadIdentity(second), _identity, StringComparison.Ordinal))
        {
            return false;
        }

        if (TryBegin())
        {
            try
            {
                LedgerFile.Execute(second, "PRAGMA wal_checkpoint(PASSIVE);");
                _logPages = 0;
            }
            finally
            {
                _rollback.Run();
            }

            // The first commit after a checkpoint begins the log anew and waits for the disk. Better here than for a caller.
            LedgerFile.Execute(_connection, "UPDATE ledger SET id = id;");
        }

        return true;
    }

    /// <summary>Closes without a last checkpoint, because the file is damaged, was moved, or cannot be written.</summary>
    public void Abandon()
    {
        LedgerFile.KeepLogOnClose(_connection, keep: true);
        Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsAtPath())
        {
            Close();
        }
        else
        {
            Abandon();
        }
    }

    private static string ReadIdentity(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT hex(id) FROM ledger";
        return command.ExecuteScalar() as string ?? "";
    }

    private bool IsAtPath()
    {
        try
        {
            using var second = LedgerFile.OpenAgain(Path);
            return string.Equals(ReadIdentity(second), _identity, StringComparison.Ordinal);
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void Close()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _keep.Dispose();
        _records.Dispose();
        _pruner?.Dispose();
        _connection.Dispose();
    }

    private static LedgerStore Connect(string path, bool survivePowerLoss, TimeProvider clock)
    {
        var connection = LedgerFile.OpenForWriting(path, survivePowerLoss, clock.GetUtcNow());
        try
        {
            return new LedgerStore(path, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
