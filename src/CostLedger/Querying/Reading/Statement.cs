using System.Text;
using CostLedger.Querying.Files;
using SQLitePCL;

namespace CostLedger.Querying.Reading;

/// <summary>A prepared statement and its current row. For one thread at a time.</summary>
internal sealed class Statement : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly LedgerConnection _connection;
    private readonly sqlite3_stmt _statement;

    // Zero when another SQLite library than ours is loaded: then every call goes through SQLitePCLRaw.
    private readonly nint _handle;

    public Statement(LedgerConnection connection, sqlite3_stmt statement, bool direct)
    {
        _connection = connection;
        _statement = statement;
        _handle = direct ? statement.DangerousGetHandle() : 0;
    }

    public Statement Bind(params ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i].BindTo(this, i + 1);
        }

        return this;
    }

    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    // Not the overload for strings: it ends the text at its first NUL. An empty span alone would be taken for null.
    public void Bind(int index, string value) => Check(value.Length == 0
        ? raw.sqlite3_bind_text(_statement, index, string.Empty)
        : raw.sqlite3_bind_text(_statement, index, Utf8.GetBytes(value)));

    public void Bind(int index, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, index, value));

    public void BindNull(int index) => Check(raw.sqlite3_bind_null(_statement, index));

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var result = StepOnce();
        if (LedgerConnection.IsBusy(result))
        {
            result = LedgerConnection.Patiently(ResetAndStepOnce);
        }

        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            throw _connection.Fault(result);
        }

        return false;
    }

    /// <summary>Runs a statement that has no rows, and makes it ready to be run again.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Makes the statement ready to be run again; its values stay bound.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>A number; 0 for null.</summary>
    public long Int64(int column) => _handle != 0
        ? NativeMethods.ColumnInt64(_handle, column)
        : raw.sqlite3_column_int64(_statement, column);

    /// <summary>A number, or null.</summary>
    public long? Number(int column) => IsNull(column) ? null : Int64(column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>The bytes of a blob or text, until the next step; empty for null.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>A text with all its characters, also NUL; null for null.</summary>
    public string? Text(int column) => IsNull(column) ? null : Utf8.GetString(Bytes(column));

    public void Dispose() => _statement.Dispose();

    private int StepOnce() => _handle != 0 ? NativeMethods.Step(_handle) : raw.sqlite3_step(_statement);

    private int ResetAndStepOnce()
    {
        Reset();
        return StepOnce();
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw _connection.Fault(result);
        }
    }
}
