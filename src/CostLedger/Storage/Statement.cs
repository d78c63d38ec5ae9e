using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CostLedger.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CostLedger.Storage;

/// <summary>A prepared statement without the allocations of ADO.NET. Parameters count from 1, columns from 0. For one thread.</summary>
internal sealed class Statement : IDisposable
{
    // Names and ids of the real API are far shorter; what is longer is a mistake or an attack and must not fill the ledger.
    private const int MaxTextLength = 1024;
    private const int StackBytes = 512;
    private const int HashBytes = 16;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>A text as the ledger stores it: without NUL, which SQLite's readers take for the end, and of bounded length.</summary>
    public static string Clean(string text)
    {
        if (text.Length > MaxTextLength)
        {
            text = text[..(MaxTextLength - 1)] + "…";
        }

        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
    }

    public void Bind(int parameter, long? value) => Check(value is { } number
        ? raw.sqlite3_bind_int64(_statement, parameter, number)
        : raw.sqlite3_bind_null(_statement, parameter));

    public void Bind(int parameter, CallId id)
    {
        Span<byte> bytes = stackalloc byte[CallId.ByteCount];
        id.WriteBytes(bytes);
        Check(raw.sqlite3_bind_blob(_statement, parameter, bytes));
    }

    /// <summary>Binds a hash as 16 bytes, big-endian.</summary>
    public void Bind(int parameter, UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        Check(raw.sqlite3_bind_blob(_statement, parameter, bytes));
    }

    public void Bind(int parameter, ReadOnlySpan<byte> bytes) => Check(bytes.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
        : raw.sqlite3_bind_blob(_statement, parameter, bytes));

    public void Bind(int parameter, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(_statement, parameter));
            return;
        }

        if (text.Length == 0)
        {
            // An empty span has no address, which SQLite takes for null.
            Check(raw.sqlite3_bind_text(_statement, parameter, ""));
            return;
        }

        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var buffer = size <= StackBytes ? stackalloc byte[StackBytes] : (rented = ArrayPool<byte>.Shared.Rent(size));
        var length = Encoding.UTF8.GetBytes(text, buffer);
        Check(raw.sqlite3_bind_text(_statement, parameter, buffer[..length]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Runs to the first row.</summary>
    /// <returns>Whether there is a row. After reading it, <see cref="Reset"/> must be called.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }

        raw.sqlite3_reset(_statement);
        return code is raw.SQLITE_DONE ? false : throw Fault(code);
    }

    /// <summary>Runs a statement without results.</summary>
    public void Run()
    {
        if (Step())
        {
            Reset();
        }
    }

    /// <summary>Runs a statement without results unless another connection is in the way.</summary>
    /// <returns>Whether it ran.</returns>
    public bool TryRun()
    {
        var code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        return code is raw.SQLITE_DONE or raw.SQLITE_ROW || (LedgerFile.IsBusy(code) ? false : throw Fault(code));
    }

    /// <summary>Runs a statement and reads the number it finds.</summary>
    public long? ReadNumber()
    {
        if (!Step())
        {
            return null;
        }

        var value = raw.sqlite3_column_int64(_statement, 0);
        Reset();
        return value;
    }

    /// <summary>A number of the current row; 0 for null.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes of a value of the current row, until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Ends the reading of a row.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <inheritdoc/>
    public void Dispose() => _statement?.Dispose();

    private void Check(int code)
    {
        if (code is not raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    private SqliteException Fault(int code) => new(raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xFF, code);
}
