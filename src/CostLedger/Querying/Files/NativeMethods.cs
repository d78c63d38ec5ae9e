using System.Runtime.InteropServices;

namespace CostLedger.Querying.Files;

/// <summary>
/// SQLite's innermost calls without a SafeHandle: a report over a million attempts makes twenty million of them, and the
/// handle's counting costs more than the call. The column functions only look into the current row and return at once, so
/// they may skip the switch to native mode; a step may wait for the disk and may not.
/// </summary>
internal static class NativeMethods
{
    /// <summary>The library that these calls go to, as SQLitePCLRaw names it.</summary>
    internal const string Library = "e_sqlite3";

    [DllImport(Library, EntryPoint = "sqlite3_step", ExactSpelling = true)]
    internal static extern int Step(nint statement);

    [SuppressGCTransition]
    [DllImport(Library, EntryPoint = "sqlite3_column_int64", ExactSpelling = true)]
    internal static extern long ColumnInt64(nint statement, int column);
}
