using CostLedger.Resilience;
using CostLedger.Rows;

namespace CostLedger.Writing;

/// <summary>
/// The thread that stores: whatever has come in meanwhile shares a transaction. It never ends by a fault: it tries again until a
/// record is in the ledger or in the spool.
/// </summary>
internal sealed class LedgerThread
{
    private const int RecordsPerTransaction = 512;
    private const int ImmediateAttempts = 20;
    private const int LongestBusyPauseMs = 8;
    private const int LongestFaultPauseMs = 500;
    private const int FirstFaultPauseMs = 5;
    private const int Doublings = 7;

    private static readonly TimeSpan PauseBetweenCheckpoints = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan PauseBetweenReplays = TimeSpan.FromMilliseconds(200);

    private readonly LiveStore _store;
    private readonly WriteQueue _queue;
    private readonly Spool _spool;
    private readonly InFlightFile _notes;
    private readonly LedgerStatistics.Counters _counters;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _giveUp = new();
    private readonly List<SpoolEntry> _entries = new(RecordsPerTransaction);

    /// <param name="store">The ledger; the thread closes it.</param>
    /// <param name="queue">What is to be stored.</param>
    /// <param name="spool">What is to be replayed; the thread closes it.</param>
    /// <param name="notes">The notes to remove when their calls are stored.</param>
    /// <param name="counters">Told what happens.</param>
    public LedgerThread(LiveStore store, WriteQueue queue, Spool spool, InFlightFile notes, LedgerStatistics.Counters counters)
    {
        _store = store;
        _queue = queue;
        _spool = spool;
        _notes = notes;
        _counters = counters;
        new Thread(Run) { IsBackground = true, Name = "costledger writer" }.Start();
    }

    /// <summary>Completes when the queue is closed and stored, and the ledger is closed.</summary>
    public Task Ended => _ended.Task;

    private bool HasGivenUp => _giveUp.Task.IsCompleted;

    /// <summary>Ends the thread although the ledger cannot be written. What is left must be in the spool.</summary>
    public void GiveUp() => _giveUp.TrySetResult();

    private void Run()
    {
        while (!HasGivenUp && _queue.Take(Patience()) is { } batch)
        {
            StoreAll(batch);
            if (!_queue.IsClosed)
            {
                Replay();
                _store.Maintain();
            }
        }

        if (!HasGivenUp)
        {
            Replay();
        }

        _spool.Dispose();
        _store.Dispose();
        _ended.SetResult();
    }

    private TimeSpan Patience() => _store.IsCheckpointDue ? PauseBetweenCheckpoints
        : _spool.HasRecords ? PauseBetweenReplays
        : Timeout.InfiniteTimeSpan;

    private void StoreAll(List<PendingWrite> batch)
    {
        for (var from = 0; from < batch.Count; from += RecordsPerTransaction)
        {
            if (!Store(batch, from, Math.Min(RecordsPerTransaction, batch.Count - from)))
            {
                return;
            }
        }

        _queue.Done();
    }

    // Tries until the records are in the ledger or in the spool; false when it was told to give up.
    private bool Store(List<PendingWrite> batch, int from, int count)
    {
        for (var attempt = 0; ; attempt++)
        {
            switch (TryStore(batch, from, count))
            {
                case null:
                    Answer(batch, from, count, WriteOutcome.Committed);
                    return true;

                case LiveStore.Advice.Refused when count == 1:
                    _counters.Lost(1);
                    Answer(batch, from, count, WriteOutcome.Lost);
                    return true;

                case LiveStore.Advice.Refused:
                    return StoreEach(batch, from, count);

                case LiveStore.Advice.RetrySoon when attempt < ImmediateAttempts:
                    Thread.Yield();
                    break;

                case var advice:
                    if (!Pause(attempt, advice))
                    {
                        return false;
                    }

                    break;
            }
        }
    }

    // One of them is refused for what is in it. The others must not suffer.
    private bool StoreEach(List<PendingWrite> batch, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            if (!Store(batch, i, 1))
            {
                return false;
            }
        }

        return true;
    }

    private LiveStore.Advice? TryStore(List<PendingWrite> batch, int from, int count)
    {
        _entries.Clear();
        for (var i = from; i < from + count; i++)
        {
            if (!batch[i].IsStored)
            {
                _entries.Add(new SpoolEntry(batch[i].Record, batch[i].WrittenUs));
            }
        }

        return _entries.Count == 0 ? null : _store.Store(_entries);
    }

    private void Answer(List<PendingWrite> batch, int from, int count, WriteOutcome outcome)
    {
        for (var i = from; i < from + count; i++)
        {
            batch[i].MarkStored();
            batch[i].Complete(outcome);
        }

        // After the answers: the note of a stored call does no harm.
        for (var i = from; i < from + count; i++)
        {
            _notes.Remove(batch[i].Ticket.Slot, batch[i].Record.Id);
        }
    }

    private bool Pause(int attempt, LiveStore.Advice? advice)
    {
        var pauseMs = advice == LiveStore.Advice.RetrySoon
            ? Math.Min(attempt - ImmediateAttempts + 1, LongestBusyPauseMs)
            : Math.Min(FirstFaultPauseMs << Math.Min(attempt, Doublings), LongestFaultPauseMs);
        return !_giveUp.Task.Wait(pauseMs);
    }

    private void Replay()
    {
        if (_spool.HasRecords)
        {
            _store.Use(Replay);
        }
    }

    private void Replay(LedgerStore store)
    {
        var recovery = new Recovery(store, price: null);
        try
        {
            while (_spool.OldestForReplay() is { } file && recovery.Replay(file, StoreWaiting))
            {
                _spool.Remove(file);
            }
        }
        finally
        {
            _counters.Took(recovery);
        }
    }

    private void StoreWaiting()
    {
        if (_queue.Count > 0 && _queue.Take(TimeSpan.Zero) is { Count: > 0 } batch)
        {
            StoreAll(batch);
        }
    }
}
