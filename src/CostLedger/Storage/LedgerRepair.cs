using Microsoft.Data.Sqlite;

namespace CostLedger.Storage;

/// <summary>
/// Moves a damaged ledger out of the way. Nothing is deleted. The write-ahead log is always moved before the database:
/// SQLite would replay a log that stayed behind into the new file.
/// </summary>
internal static class LedgerRepair
{
    private const int LockAttempts = 500;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Moves a ledger aside if it is damaged. Another process may have done so already; then nothing happens.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="now">The time, which becomes a part of the new name.</param>
    /// <returns>What was done, in one line; null when the ledger is sound.</returns>
    /// <exception cref="LedgerException">The ledger is damaged and cannot be moved.</exception>
    public static string? MoveAsideIfDamaged(string path, DateTimeOffset now)
    {
        try
        {
            using (Lock(path))
            {
                if (!File.Exists(path) || FindDamage(path) is not { } damage)
                {
                    return null;
                }

                var aside = LedgerPaths.Aside(path, now);
                Move(path, aside);
                return $"The ledger {path} was damaged ({damage}); it was moved to {aside} and a new one was begun.";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"The ledger {path} is damaged and cannot be moved aside ({e.Message}); move it away by hand.", e);
        }
    }

    /// <summary>Moves logs aside that were left by a ledger which is gone. The caller holds the lock.</summary>
    public static void MoveOrphans(string path, DateTimeOffset now)
    {
        if (LedgerPaths.Suffixes.Any(suffix => File.Exists(path + suffix)))
        {
            Move(path, LedgerPaths.Aside(path, now));
        }
    }

    /// <summary>Waits, within a bound, until no other process creates or repairs this ledger, and keeps others from it.</summary>
    /// <exception cref="IOException">Another process holds the lock for too long.</exception>
    public static FileStream Lock(string path)
    {
        using var pause = new ManualResetEventSlim();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // The file stays: deleting it would let two processes lock two files of the same name.
                return LedgerPaths.OpenPrivate(LedgerPaths.Lock(path), FileMode.OpenOrCreate);
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(LedgerPaths.Lock(path)))
            {
                pause.Wait(LockPause);
            }
        }
    }

    private static string? FindDamage(string path)
    {
        try
        {
            using var connection = LedgerFile.OpenAgain(path);
            LedgerFile.KeepLogOnClose(connection, keep: true);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1);";
            var answer = command.ExecuteScalar() as string;
            return string.Equals(answer, "ok", StringComparison.Ordinal) ? null : answer?.ReplaceLineEndings(" ") ?? "no answer to the integrity check";
        }
        catch (SqliteException e) when (LedgerFile.IsCorrupt(e.SqliteErrorCode))
        {
            return e.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }

    private static void Move(string path, string aside)
    {
        foreach (var suffix in LedgerPaths.Suffixes)
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }
    }
}
