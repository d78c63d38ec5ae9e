using CostLedger.Querying.Files;
using CostLedger.Resilience;
using CostLedger.Storage;
using SQLitePCL;

namespace CostLedger.Querying.Reading;

/// <summary>A connection to a ledger. For one thread at a time.</summary>
internal sealed class LedgerConnection : IDisposable
{
    /// <summary>The schema that this program knows.</summary>
    internal const int KnownSchema = 5;

    private const int BusyAttempts = 1000;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(5);

    private readonly sqlite3 _handle;
    private readonly bool _direct;

    private LedgerConnection(string path, sqlite3 handle)
    {
        Path = path;
        _handle = handle;
        _direct = string.Equals(raw.GetNativeLibraryName(), NativeMethods.Library, StringComparison.Ordinal);
    }

    /// <summary>The ledger's file.</summary>
    public string Path { get; }

    /// <summary>The ledger's schema version.</summary>
    public int SchemaVersion { get; private set; }

    /// <summary>Rows changed by the last statement that changed any.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Opens a ledger for questions only.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LedgerException">There is none, it cannot be read, or its schema is not the known one.</exception>
    public static LedgerConnection OpenForReading(string path)
    {
        RequireFile(path);
        try
        {
            return OpenUpToDate(path, raw.SQLITE_OPEN_READONLY);
        }
        catch (LedgerException) when (CanBeReadAsIs(path))
        {
            var connection = Open(path, ImmutableUri(path), raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);
            connection.RequireNewestSchema();
            return connection;
        }
    }

    /// <summary>Opens a ledger for changes to rows that are there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LedgerException">There is none, it cannot be written, or its schema is not the known one.</exception>
    public static LedgerConnection OpenForChanges(string path)
    {
        RequireFile(path);
        return OpenUpToDate(path, raw.SQLITE_OPEN_READWRITE);
    }

    public Statement Prepare(string sql)
    {
        sqlite3_stmt? statement = null;
        var result = Patiently(() => raw.sqlite3_prepare_v2(_handle, sql, out statement));
        return result == raw.SQLITE_OK && statement is not null ? new Statement(this, statement, _direct) : throw Fault(result);
    }

    public void Run(string sql)
    {
        using var statement = Prepare(sql);
        statement.Run();
    }

    /// <summary>The first column of the first row; 0 when there is none or it is null.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Fixes what this connection sees until the returned value is disposed.</summary>
    public Snapshot BeginSnapshot() => new(this);

    /// <summary>
    /// Tries again while another connection is in the way, for five seconds. SQLite's own busy timeout is not used: the bundled
    /// library was built without usleep and would sleep whole seconds.
    /// </summary>
    /// <param name="attempt">Gives SQLite's result.</param>
    /// <returns>The last result.</returns>
    public static int Patiently(Func<int> attempt)
    {
        var result = attempt();
        if (!IsBusy(result))
        {
            return result;
        }

        using var pause = new ManualResetEventSlim();
        for (var i = 0; IsBusy(result) && i < BusyAttempts; i++)
        {
            pause.Wait(BusyPause);
            result = attempt();
        }

        return result;
    }

    /// <summary>Whether a result says that another connection is in the way.</summary>
    public static bool IsBusy(int result) => (result & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>What went wrong, as the exception to throw.</summary>
    public LedgerException Fault(int result) => new($"{Explain(result)} ({raw.sqlite3_errmsg(_handle).utf8_to_string()})");

    public void Dispose() => _handle.Dispose();

    private static LedgerConnection OpenUpToDate(string path, int flags)
    {
        var connection = Open(path, path, flags);
        if (connection.SchemaVersion == KnownSchema)
        {
            return connection;
        }

        connection.Dispose();
        using (var store = new LiveStore(path, survivePowerLoss: false, TimeProvider.System, static _ => { }))
        {
            store.Open(static _ => { });
        }

        return Open(path, path, flags);
    }

    private static LedgerConnection Open(string path, string name, int flags)
    {
        Batteries_V2.Init();
        var result = raw.sqlite3_open_v2(name, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var connection = new LedgerConnection(path, handle);
        try
        {
            if (result != raw.SQLITE_OK)
            {
                throw connection.Fault(result);
            }

            connection.RequireKnownSchema();
            if ((flags & raw.SQLITE_OPEN_READONLY) != 0)
            {
                connection.Run("PRAGMA query_only = 1");
            }
            else
            {
                // Who writes decides when the log is copied, see CostWriter. Ids come from tables that are only ever added to.
                connection.Scalar("PRAGMA wal_autocheckpoint = 0");
                connection.Run("PRAGMA foreign_keys = 0");
                connection.Run("PRAGMA synchronous = 1");
            }

            return connection;
        }
        catch (LedgerException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static void RequireFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new LedgerException($"'{path}' is a directory; name the ledger's file in it.");
        }

        if (!File.Exists(path))
        {
            throw new LedgerException($"There is no ledger at '{path}'; the first traced call makes one, or set COSTLEDGER_PATH to where it is.");
        }
    }

    // On a disk that cannot be written, SQLite cannot make the files of its write-ahead log. When there is no log to read,
    // the file is whole by itself and nobody can change it.
    private static bool CanBeReadAsIs(string path)
    {
        try
        {
            if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
            {
                return false;
            }

            using var probe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return false;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return true;
        }
    }

    private static string ImmutableUri(string path) =>
        $"file:{Uri.EscapeDataString(System.IO.Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";

    private void RequireKnownSchema()
    {
        SchemaVersion = (int)Scalar("PRAGMA user_version");
        if (SchemaVersion > KnownSchema)
        {
            throw new LedgerException(
                $"'{Path}' was written by a newer version (schema {SchemaVersion}, this one knows {KnownSchema}); update this program.");
        }

        if (SchemaVersion <= 0)
        {
            throw new LedgerException($"'{Path}' has schema 0: nothing was ever written to it; delete it, and the first traced call makes a ledger.");
        }
    }

    private void RequireNewestSchema()
    {
        if (SchemaVersion < KnownSchema)
        {
            Dispose();
            throw new LedgerException(
                $"'{Path}' has schema {SchemaVersion} and this program reads {KnownSchema}; make the file writable so that it can be brought up to date.");
        }
    }

    private string Explain(int result) => (result & 0xFF) switch
    {
        raw.SQLITE_NOTADB => $"'{Path}' is no ledger; name another file.",
        raw.SQLITE_CORRUPT => $"The ledger '{Path}' is damaged; run 'costreport doctor', and restore it from a copy.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"The ledger '{Path}' was locked by another program for {BusyAttempts * BusyPause.TotalSeconds:0} seconds; end that program's transaction and try again.",
        raw.SQLITE_FULL => $"The disk of '{Path}' is full; make room and try again.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM => $"'{Path}' cannot be written; check who owns it.",
        raw.SQLITE_CANTOPEN => $"'{Path}' cannot be opened; check that you may read it and its folder.",
        raw.SQLITE_IOERR => $"'{Path}' cannot be read; check the disk.",
        _ => $"'{Path}' cannot be read.",
    };
}
