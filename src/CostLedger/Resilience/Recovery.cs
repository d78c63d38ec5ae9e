using System.Globalization;
using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Resilience;

/// <summary>Takes in what ended processes left beside a ledger: spooled records, and notes of calls that were in flight.</summary>
internal sealed class Recovery(LedgerStore store, Func<CallRecord, CallCost>? price)
{
    // Other processes must not wait long for the ledger.
    private const int RecordsPerTransaction = 1_000;
    private const int BusyAttempts = 200;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(5);

    private readonly List<string> _faults = [];

    /// <summary>Records taken from spools.</summary>
    public long Replayed { get; private set; }

    /// <summary>Calls stored as interrupted.</summary>
    public long Interrupted { get; private set; }

    /// <summary>Lines of spools that are no records.</summary>
    public long Damaged { get; private set; }

    /// <summary>What went wrong, in lines for an operator.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Takes in what was left beside a ledger that is about to be read; it must be a sound one.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="price">Prices interrupted calls; null keeps the cost that was noted.</param>
    /// <returns>What could not be taken in, in lines for an operator. A reader goes on without it.</returns>
    public static IReadOnlyList<string> TakeInBeside(string path, TimeProvider clock, Func<CallRecord, CallCost>? price)
    {
        var faults = new List<string>();
        try
        {
            if (LedgerPaths.Beside(path, LedgerPaths.SpoolMark).Count > 0 || LedgerPaths.Beside(path, LedgerPaths.InFlightMark).Count > 0)
            {
                using var store = LedgerStore.Open(path, survivePowerLoss: false, clock, faults.Add);
                var recovery = new Recovery(store, price);
                recovery.TakeInAll();
                faults.AddRange(recovery.Faults);
            }
        }
        catch (Exception e) when (e is LedgerException or IOException or UnauthorizedAccessException)
        {
            faults.Add(e.Message);
        }

        return faults;
    }

    /// <summary>Takes in the files of all processes that have ended. Those of living ones are locked and left alone.</summary>
    public void TakeInAll()
    {
        // Spools first: a call that ended is not interrupted, even if its note was still there.
        TakeInFiles(LedgerPaths.SpoolMark, spool => Replay(spool, Nothing));
        TakeInFiles(LedgerPaths.InFlightMark, StoreInterrupted);
    }

    /// <summary>Stores a spool's records, except those that the ledger has in the same or an amended form.</summary>
    /// <param name="spool">The file.</param>
    /// <param name="betweenTransactions">Called when the ledger is free for other work.</param>
    /// <returns>False when another connection holds the ledger for too long.</returns>
    public bool Replay(FileStream spool, Action betweenTransactions)
    {
        return Store(
            Spool.Read(spool, () => Damaged++),
            entry => store.PutIfNewer(entry.Record, entry.WrittenUs),
            count => Replayed += count,
            betweenTransactions);
    }

    private bool StoreInterrupted(FileStream notes) => Store(
        InFlightFile.Read(notes),
        PutInterrupted,
        count => Interrupted += count,
        Nothing);

    private bool PutInterrupted(CallRecord record)
    {
        if (store.Contains(record.Id))
        {
            return false;
        }

        var ended = record with { Outcome = CallOutcome.Interrupted };

        // Time zero: whatever is found of this call later replaces it.
        store.Put(ended with { Cost = Price(ended) }, writtenUs: 0);
        return true;
    }

    private void TakeInFiles(string mark, Func<FileStream, bool> take)
    {
        foreach (var path in FindFiles(mark))
        {
            try
            {
                TakeIn(path, take);
            }
            catch (FileNotFoundException)
            {
                // Another process took it in meanwhile.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its owner lives. Or it cannot be read; then it stays visible beside the ledger.
            }
            catch (SqliteException e)
            {
                store.Rollback();
                _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{path} could not be taken in ({e.Message}); it stays for the next start."));
            }
        }
    }

    private IReadOnlyList<string> FindFiles(string mark)
    {
        try
        {
            return LedgerPaths.Beside(store.Path, mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"The folder of {store.Path} cannot be listed ({e.Message}); make it readable, so that what earlier processes left is taken in.");
            return [];
        }
    }

    private void TakeIn(string path, Func<FileStream, bool> take)
    {
        using var file = LedgerPaths.OpenPrivate(path, FileMode.Open);
        if (take(file))
        {
            Spool.Delete(file);
        }
        else
        {
            _faults.Add($"{path} could not be taken in because another program holds the ledger; it stays for the next start.");
        }
    }

    private static void Nothing()
    {
    }

    private CallCost Price(CallRecord record)
    {
        try
        {
            return price is null ? record.Cost : price(record);
        }
#pragma warning disable CA1031 // Whatever pricing throws must not keep a call from being seen.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _faults.Add($"An interrupted call could not be priced: {e.Message}");
            return record.Cost;
        }
    }

    private bool Store<T>(IEnumerable<T> entries, Func<T, bool> put, Action<int> stored, Action betweenTransactions)
    {
        foreach (var chunk in entries.Chunk(RecordsPerTransaction))
        {
            if (!TryStore(chunk, put, stored))
            {
                return false;
            }

            betweenTransactions();
        }

        return true;
    }

    private bool TryStore<T>(ReadOnlyMemory<T> chunk, Func<T, bool> put, Action<int> stored)
    {
        if (!TryBegin())
        {
            return false;
        }

        try
        {
            var count = 0;
            foreach (var entry in chunk.Span)
            {
                count += put(entry) ? 1 : 0;
            }

            store.Commit();
            stored(count);
            return true;
        }
        catch (Exception e) when (LedgerFile.IsRefusal(e))
        {
            store.Rollback();
        }

        if (chunk.Length == 1)
        {
            Damaged++;
            return true;
        }

        // One of them is refused for what is in it. The others must not suffer.
        for (var i = 0; i < chunk.Length; i++)
        {
            if (!TryStore(chunk.Slice(i, 1), put, stored))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryBegin()
    {
        using var pause = new ManualResetEventSlim();
        for (var attempt = 0; attempt < BusyAttempts; attempt++)
        {
            if (store.TryBegin())
            {
                return true;
            }

            pause.Wait(BusyPause);
        }

        return false;
    }
}
