using System.Collections.Concurrent;
using CostLedger.Rows;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Resilience;

/// <summary>
/// The store of a running writer, for any thread: opened again after failures, begun anew when the file is damaged or gone.
/// </summary>
/// <param name="path">The ledger's file.</param>
/// <param name="survivePowerLoss">Whether every commit is forced to the disk.</param>
/// <param name="clock">The clock.</param>
/// <param name="notice">Told what an operator should know.</param>
internal sealed class LiveStore(string path, bool survivePowerLoss, TimeProvider clock, Action<string> notice) : IDisposable
{
    private static readonly TimeSpan QuietBeforeCheckpoint = TimeSpan.FromMilliseconds(50);

    // A commit only writes to the page cache. When one takes so long nevertheless, callers stay away from the disk for a while.
    // Less than this happens on every machine with more threads than processors.
    private static readonly TimeSpan SlowCommit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CareAfterSlowCommit = TimeSpan.FromSeconds(5);

    // Where several callers met lately, sharing a transaction is faster for all than each making its own.
    private static readonly TimeSpan CompanyLasts = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, byte[]> _priceBooks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _storedPriceBooks = new(StringComparer.Ordinal);
    private LedgerStore? _store;
    private bool _isClosed;
    private long _lastCommit;

    // Timestamps that callers read without the lock; zero is never.
    private long _lastSlowCommit;
    private long _lastShared;

    /// <summary>What to do after a failure.</summary>
    internal enum Advice
    {
        /// <summary>Try again soon: another connection is writing.</summary>
        RetrySoon,

        /// <summary>Try again later: the disk or the file is in trouble.</summary>
        RetryLater,

        /// <summary>Do not try again: a record itself is refused.</summary>
        Refused,
    }

    /// <summary>Told of every transaction: how many records it held and how long it took.</summary>
    public Action<int, TimeSpan> Committed { get; init; } = static (_, _) => { };

    /// <summary>Whether the write-ahead log has grown enough for a checkpoint.</summary>
    public bool IsCheckpointDue => _store is { IsCheckpointDue: true };

    /// <summary>Opens the ledger and uses it.</summary>
    /// <exception cref="LedgerException">It cannot be opened; the message says what to do.</exception>
    public void Open(Action<LedgerStore> use)
    {
        lock (_gate)
        {
            use(OpenNeedsLock());
        }
    }

    /// <summary>Keeps a price file, to be stored with the next transaction, also in a ledger that is begun anew.</summary>
    public void Keep(string version, ReadOnlyMemory<byte> content)
    {
        if (!_priceBooks.ContainsKey(version))
        {
            _priceBooks.TryAdd(version, LedgerStore.Pack(content));
        }
    }

    /// <summary>Stores a record on the caller's thread if nothing is in the way: no other thread, no other process, no slow disk.</summary>
    /// <returns>Whether it is durable. If not, nothing has happened.</returns>
    public bool TryStoreNow(SpoolEntry entry)
    {
        // Forcing a commit to the disk takes its time; a caller never does that itself.
        if (survivePowerLoss || IsRecent(ref _lastSlowCommit, CareAfterSlowCommit) || IsRecent(ref _lastShared, CompanyLasts) || !_gate.TryEnter())
        {
            return false;
        }

        try
        {
            return !_isClosed && _store is not null && StoreNeedsLock([entry]) is null;
        }
#pragma warning disable CA1031 // Nothing may reach the caller. The writer's thread meets the same fault and does what is needed.
        catch (Exception)
#pragma warning restore CA1031
        {
            _store?.Rollback();
            return false;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Stores records in one transaction.</summary>
    /// <returns>Null when they are durable, else what to do.</returns>
    public Advice? Store(IReadOnlyList<SpoolEntry> entries)
    {
        Advice? advice = null;
        return Guard(() => advice = StoreNeedsLock(entries)) ?? advice;
    }

    /// <summary>Uses the open ledger for something else. A fault is dealt with as in <see cref="Store"/>.</summary>
    /// <returns>Null when nothing failed. A closed ledger is left alone.</returns>
    public Advice? Use(Action<LedgerStore> action) => Guard(() =>
    {
        if (!_isClosed)
        {
            action(OpenNeedsLock());
        }
    });

    /// <summary>Makes a checkpoint if it is due and nothing was stored lately, or if it cannot wait.</summary>
    public void Maintain() => Guard(() =>
    {
        var isQuiet = clock.GetElapsedTime(_lastCommit) >= QuietBeforeCheckpoint;
        if (_store is { } store && (store.IsCheckpointUrgent || (isQuiet && store.IsCheckpointDue)) && !store.Checkpoint())
        {
            Abandon();
        }
    });

    /// <inheritdoc/>
    public void Dispose() => Guard(() =>
    {
        _isClosed = true;
        _store?.Dispose();
        _store = null;
    });

    private bool IsRecent(ref long timestamp, TimeSpan within) =>
        Volatile.Read(ref timestamp) is var then and not 0 && clock.GetElapsedTime(then) < within;

    private LedgerStore OpenNeedsLock()
    {
        if (_store is not null && !File.Exists(path))
        {
            notice($"The ledger {path} was moved or deleted while it was in use; a new one was begun.");
            Abandon();
        }

        return _store ??= LedgerStore.Open(path, survivePowerLoss, clock, notice);
    }

    private Advice? StoreNeedsLock(IReadOnlyList<SpoolEntry> entries)
    {
        var store = OpenNeedsLock();
        if (!store.TryBegin())
        {
            return Advice.RetrySoon;
        }

        var begun = clock.GetTimestamp();
        var priceBooks = StorePriceBooks(store);
        var stored = 0;
        foreach (var (record, writtenUs) in entries)
        {
            stored += store.Put(record, writtenUs) ? 1 : 0;
        }

        store.Commit();
        _storedPriceBooks.UnionWith(priceBooks);
        _lastCommit = clock.GetTimestamp();
        var time = clock.GetElapsedTime(begun, _lastCommit);
        if (entries.Count > 1)
        {
            Volatile.Write(ref _lastShared, _lastCommit);
        }

        if (time > SlowCommit)
        {
            Volatile.Write(ref _lastSlowCommit, _lastCommit);
        }

        Committed(stored, time);
        return null;
    }

    private List<string> StorePriceBooks(LedgerStore store)
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

    private Advice? Guard(Action action)
    {
        lock (_gate)
        {
            try
            {
                action();
                return null;
            }
#pragma warning disable CA1031 // The one boundary of the writer: it must live on whatever a record or the disk does.
            catch (Exception e)
#pragma warning restore CA1031
            {
                return Recover(e);
            }
        }
    }

    private Advice Recover(Exception fault)
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

            case var refusal when LedgerFile.IsRefusal(refusal):
                notice($"A record was refused: {fault.Message}");
                return Advice.Refused;

            default:
                // The disk is full, read-only or failing. A new connection finds out when it works again.
                Abandon();
                notice($"The ledger could not be written: {fault.Message}");
                return Advice.RetryLater;
        }
    }

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
