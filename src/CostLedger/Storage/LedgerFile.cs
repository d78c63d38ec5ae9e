using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CostLedger.Storage;

/// <summary>Opens the SQLite file of a ledger. Every connection to a ledger is made here.</summary>
internal static class LedgerFile
{
    // SQLite's own busy timeout is never used: the bundled library lacks usleep and would sleep whole seconds.
    // Microsoft.Data.Sqlite retries busy statements itself, up to this limit.
    private const int BusySeconds = 10;

    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Checkpoints are made by LedgerStore.Checkpoint alone, never by a commit or a reader.
    private const string CommonPragmas = "PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY;";

    /// <summary>Opens a ledger for writing, creating and migrating it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="survivePowerLoss">Whether every commit is forced to the disk.</param>
    /// <param name="now">The time, for the names of files that are moved aside.</param>
    /// <exception cref="LedgerException">It cannot be opened; the message says what to do.</exception>
    /// <exception cref="SqliteException">It is corrupt, see <see cref="IsCorrupt"/>.</exception>
    public static SqliteConnection OpenForWriting(string path, bool survivePowerLoss, DateTimeOffset now)
    {
        RefuseDirectory(path);
        return Explain(path, write: true, () =>
        {
            CreateMissing(path, now);
            return Connect(path, SqliteOpenMode.ReadWrite, connection =>
            {
                Migrator.Current.RefuseForeign(connection, path);
                Execute(connection, "PRAGMA journal_mode = WAL;");
                Execute(connection, survivePowerLoss ? "PRAGMA synchronous = FULL;" : "PRAGMA synchronous = NORMAL;");
                Execute(connection, CommonPragmas + " PRAGMA journal_size_limit = 67108864;");
                Migrator.Current.Migrate(connection, path);
            });
        });
    }

    /// <summary>Opens an existing ledger of this schema for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LedgerException">It does not exist, cannot be read, is corrupt, or has another schema.</exception>
    public static SqliteConnection OpenForReading(string path)
    {
        RefuseDirectory(path);
        if (!File.Exists(path))
        {
            throw new LedgerException($"There is no ledger at {path}; make a call first, or name another file with --ledger or COSTLEDGER_PATH.");
        }

        try
        {
            return Explain(path, write: false, () => Connect(path, SqliteOpenMode.ReadOnly, connection =>
            {
                Migrator.Current.RefuseForeign(connection, path);
                Migrator.Current.RefuseOlder(connection, path);
                Execute(connection, CommonPragmas);
            }));
        }
        catch (SqliteException e) when ((e.SqliteErrorCode & 0xFF) == raw.SQLITE_NOTADB)
        {
            throw new LedgerException($"{path} is no ledger; name another file.", e);
        }
        catch (SqliteException e) when (IsCorrupt(e.SqliteErrorCode))
        {
            throw new LedgerException(
                $"{path} is no sound ledger ({e.Message.TrimEnd('.')}); move it away, the next call begins a new one.", e);
        }
    }

    /// <summary>Opens a second connection to a ledger that is open.</summary>
    public static SqliteConnection OpenAgain(string path) =>
        Connect(path, SqliteOpenMode.ReadWrite, connection => Execute(connection, CommonPragmas));

    /// <summary>
    /// Decides whether the write-ahead log stays when the last connection is closed. Usually it is copied into the database and
    /// deleted, by its name. It must stay where the database is damaged, or where the name may belong to another ledger by now.
    /// </summary>
    public static void KeepLogOnClose(SqliteConnection connection, bool keep) =>
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, out _);

    /// <summary>Runs a statement without results.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads one number.</summary>
    public static long ReadNumber(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }

    /// <summary>Whether a result code says that the file is damaged or no database at all.</summary>
    public static bool IsCorrupt(int code) => (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Whether a result code says that another connection is in the way.</summary>
    public static bool IsBusy(int code) => (code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Whether a fault lies in what was to be stored, so that storing it again would fail again.</summary>
    public static bool IsRefusal(Exception fault) => fault switch
    {
        SqliteException e => e.SqliteErrorCode is raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE,
        LedgerException or IOException or UnauthorizedAccessException or ObjectDisposedException => false,
        _ => true,
    };

    private static SqliteConnection Connect(string path, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,

            // The bundled library checks foreign keys by default; ids come from tables that are only ever added to.
            ForeignKeys = false,
        };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            KeepLogOnClose(connection, keep: true);
            prepare(connection);
            KeepLogOnClose(connection, keep: false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void RefuseDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            throw new LedgerException($"{path} is a directory; name a file in it, for example {Path.Combine(path, "ledger.db")}.");
        }
    }

    // SQLite gives its other files the mode of the database file, so that file is made first.
    private static void CreateMissing(string path, DateTimeOffset now)
    {
        if (File.Exists(path))
        {
            return;
        }

        CreateFolder(Path.GetDirectoryName(path));
        using (LedgerRepair.Lock(path))
        {
            if (!File.Exists(path))
            {
                LedgerRepair.MoveOrphans(path, now);
                LedgerPaths.OpenPrivate(path, FileMode.CreateNew).Dispose();
            }
        }
    }

    private static void CreateFolder(string? folder)
    {
        if (string.IsNullOrEmpty(folder) || Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, PrivateFolder);
        }
    }

    private static SqliteConnection Explain(string path, bool write, Func<SqliteConnection> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new LedgerException(Unusable(path, write, e.Message), e);
        }
        catch (SqliteException e) when (IsBusy(e.SqliteErrorCode))
        {
            throw new LedgerException($"{path} is locked by another program; end that program's transaction and try again.", e);
        }
        catch (SqliteException e) when (!IsCorrupt(e.SqliteErrorCode))
        {
            throw new LedgerException(Unusable(path, write, e.Message), e);
        }
    }

    private static string Unusable(string path, bool write, string reason) => write
        ? $"The ledger {path} cannot be written ({OneLine(reason)}); make its folder writable, free space, or name another file with COSTLEDGER_PATH."
        : $"The ledger {path} cannot be read ({OneLine(reason)}); SQLite needs to read the file and to write in its folder.";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
