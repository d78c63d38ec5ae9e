using System.Collections.Concurrent;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CostLedger.Rows;

/// <summary>
/// The store of a running writer: opened again after failures, begun anew when the file is damaged or gone. Only
/// <see cref="Keep"/> may be called by other threads than the writer's.
/// </summary>
/// <param name="path">The ledger's file.</param>
/// <param name="survivePowerLoss">Whether every commit is forced to the disk.</param>
/// <param name="clock">The clock.</param>
/// <param name="notice">Told what an operator should know.</param>
internal sealed class LiveStore(string path, bool survivePowerLoss, TimeProvider clock, Action<string> notice) : IDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _priceBooks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _storedPriceBooks = new(StringComparer.Ordinal);
    private LedgerStore? _store;

    /// <summary>What to do after a failure.</summary>
    internal enum Advice
    {
        /// <summary>Try again soon: another connection is writing.</summary>
        RetrySoon,

        /// <summary>Try again later: the disk or the file is in trouble.</summary>
        RetryLater,

        /// <summary>Do not try again: the record itself is refused.</summary>
        Refused,
    }

    /// <summary>Whether a checkpoint should be made: now if it is urgent, else when there is nothing else to do.</summary>
    public bool IsCheckpointDue => _store is { IsCheckpointDue: true };

    /// <summary>The open store.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public LedgerStore Open()
    {
        if (_store is not null && !File.Exists(path))
        {
            notice($"The ledger {path} was moved or deleted while it was in use; a new one was begun.");
            Abandon();
        }

        return _store ??= LedgerStore.Open(path, survivePowerLoss, clock, notice);
    }

    /// <summary>Keeps a price file, to be stored with the next transaction, also in a ledger that is begun anew.</summary>
    /// <returns>Whether the version is new.</returns>
    public bool Keep(string version, ReadOnlyMemory<byte> content) => _priceBooks.TryAdd(version, LedgerStore.Pack(content));

    /// <summary>Stores the price files that are not stored yet.</summary>
    /// <returns>Their versions, for <see cref="NoteKept"/>.</returns>
    public IReadOnlyList<string> StorePriceBooks(LedgerStore store)
    {
        if (_storedPriceBooks.Count >= _priceBooks.Count)
        {
            return [];
        }

        var stored = new List<string>();
        foreach (var (version, packed) in _priceBooks)
        {
            if (!_storedPriceBooks.Contains(version))
            {
                store.KeepPriceBook(version, packed);
                stored.Add(version);
            }
        }

        return stored;
    }

    /// <summary>Notes that the transaction with some price files is durable.</summary>
    public void NoteKept(IReadOnlyList<string> versions)
    {
        foreach (var version in versions)
        {
            _storedPriceBooks.Add(version);
        }
    }

    /// <summary>Makes a checkpoint if it is due.</summary>
    /// <param name="isIdle">Whether there is nothing else to do.</param>
    public void Maintain(bool isIdle)
    {
        if (_store is { } store && (store.IsCheckpointUrgent || (isIdle && store.IsCheckpointDue)) && !store.Checkpoint())
        {
            Abandon();
        }
    }

    /// <summary>Does what a failure asks for, so that a later attempt can succeed.</summary>
    public Advice Recover(Exception fault)
    {
        _store?.Rollback();
        switch (fault)
        {
            case SqliteException e when LedgerFile.IsBusy(e.SqliteErrorCode):
                return Advice.RetrySoon;

            case SqliteException e when LedgerFile.IsCorrupt(e.SqliteErrorCode):
                Abandon();
                MoveAside();
                return Advice.RetryLater;

            case SqliteException { SqliteErrorCode: raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE }:
            case not (SqliteException or LedgerException or IOException or UnauthorizedAccessException):
                notice($"A record was refused: {fault.Message}");
                return Advice.Refused;

            default:
                // The disk is full, read-only or failing. A new connection finds out when it works again.
                Abandon();
                notice($"The ledger could not be written: {fault.Message}");
                return Advice.RetryLater;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();

    private void Abandon()
    {
        _store?.Abandon();
        _store = null;
        _storedPriceBooks.Clear();
    }

    private void MoveAside()
    {
        try
        {
            if (LedgerRepair.MoveAsideIfDamaged(path, clock.GetUtcNow()) is { } done)
            {
                notice(done);
            }
        }
        catch (LedgerException e)
        {
            notice(e.Message);
        }
    }
}
