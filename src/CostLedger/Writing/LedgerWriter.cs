using CostLedger.Records;
using CostLedger.Resilience;

namespace CostLedger.Writing;

/// <summary>
/// Takes records from many callers to the one thread that stores them, and lets each caller wait for the commit within the bound
/// that <see cref="CallerWatch"/> keeps. Nothing here throws to a caller.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private const int SpinsForAnswer = 100;
    private const int SpinLength = 20;

    private static readonly TimeSpan LongestSpooling = TimeSpan.FromSeconds(2);

    private readonly Settings _settings;
    private readonly WriteQueue _queue;
    private readonly CallerWatch _watch;
    private readonly Spool _spool;
    private readonly InFlightFile _notes;
    private readonly LiveStore _store;
    private readonly LedgerThread _thread;
    private readonly LedgerStatistics.Counters _counters;
    private long _lastWrittenUs;

    /// <param name="store">The open ledger; the writer closes it.</param>
    /// <param name="settings">How to write.</param>
    /// <param name="counters">Told what happens.</param>
    public LedgerWriter(LiveStore store, Settings settings, LedgerStatistics.Counters counters)
    {
        _store = store;
        _settings = settings;
        _counters = counters;
        _queue = new WriteQueue(settings.QueueCapacity);
        _spool = new Spool(settings.Path, settings.SurvivePowerLoss);
        _notes = new InFlightFile(settings.Path, settings.MaxCallsInFlight);
        _watch = new CallerWatch(_queue, _spool, settings.MaxCallerWait, settings.Clock, counters, (write, isSpooled) => AfterSpooling(write.Record, write.Ticket, isSpooled));
        _thread = new LedgerThread(store, _queue, _spool, _notes, counters);
    }

    /// <summary>Records in memory that are not stored yet.</summary>
    public int Waiting => _queue.Count;

    /// <summary>The notes of calls in flight.</summary>
    public InFlightFile Notes => _notes;

    /// <summary>Stores a record; completes when it is durable, or at the bound.</summary>
    public ValueTask<WriteOutcome> WriteAsync(CallRecord record, CallTicket ticket)
    {
        if (TryStoreNow(record, ticket))
        {
            return new(WriteOutcome.Committed);
        }

        if (Enqueue(record, ticket, out var isAlone) is not { } write)
        {
            return new(SpoolDirectly([record], ticket));
        }

        if (_settings.InBackground)
        {
            return new(WriteOutcome.Queued);
        }

        if (isAlone)
        {
            // A commit takes less time than to suspend the caller and to wake it up.
            SpinForAnswer(write);
        }

        return write.Task;
    }

    /// <summary>The same, blocking.</summary>
    public WriteOutcome Write(CallRecord record, CallTicket ticket)
    {
        if (TryStoreNow(record, ticket))
        {
            return WriteOutcome.Committed;
        }

        if (Enqueue(record, ticket, out _) is not { } write)
        {
            return SpoolDirectly([record], ticket);
        }

        if (_settings.InBackground)
        {
            return WriteOutcome.Queued;
        }

        SpinForAnswer(write);
        return write.Wait(_settings.MaxCallerWait);
    }

    /// <summary>Takes records for which nobody waits one by one.</summary>
    /// <param name="records">The records.</param>
    /// <param name="answered">Told where each of them is.</param>
    public void Send(IReadOnlyList<CallRecord> records, Action<WriteOutcome> answered)
    {
        List<PendingWrite> writes = [.. records.Select(r => PendingWrite.Rent(r, default, NextWrittenUs(), hasCaller: false, answered))];
        writes.ForEach(write => _watch.SetTimes(write, hasCaller: false));
        var added = _queue.AddAll(writes);
        _watch.Start();
        for (var i = added; i < records.Count; i++)
        {
            answered(SpoolDirectly([records[i]]));
        }
    }

    /// <summary>Writes records to the spool at once, in one piece.</summary>
    public WriteOutcome SpoolDirectly(IReadOnlyList<CallRecord> records) => SpoolDirectly(records, default);

    /// <summary>Keeps a price file in the ledger, with the next records.</summary>
    public void Keep(string version, ReadOnlyMemory<byte> content) => _store.Keep(version, content);

    /// <summary>Stores what waits, then closes the ledger. What is not stored within the bound goes to the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        var bound = _settings.DrainTimeout;
        _queue.Close();
        if (!await EndsWithin(_thread.Ended, bound).ConfigureAwait(false))
        {
            _counters.Notice("The ledger was closed before all records were stored; the rest went to the spool and will be replayed.");
            await EndsWithin(Task.Run(_watch.SpoolAll), LongestSpooling).ConfigureAwait(false);
            _thread.GiveUp();
            await EndsWithin(_thread.Ended, LongestSpooling).ConfigureAwait(false);
        }

        _watch.Dispose();
        _notes.Dispose();
    }

    private static void SpinForAnswer(PendingWrite write)
    {
        for (var i = 0; i < SpinsForAnswer && !write.IsCompleted && Environment.ProcessorCount > 1; i++)
        {
            Thread.SpinWait(SpinLength);
        }
    }

    private async Task<bool> EndsWithin(Task task, TimeSpan bound)
    {
        try
        {
            await task.WaitAsync(bound, _settings.Clock).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private bool TryStoreNow(CallRecord record, CallTicket ticket)
    {
        if (_settings.InBackground || _queue.Count > 0 || !_store.TryStoreNow(new SpoolEntry(record, NextWrittenUs())))
        {
            return false;
        }

        // The thread sleeps until it is needed.
        if (_store.IsCheckpointDue)
        {
            _queue.WakeOnce();
        }

        _notes.Remove(ticket.Slot, record.Id);
        return true;
    }

    private PendingWrite? Enqueue(CallRecord record, CallTicket ticket, out bool isAlone)
    {
        var hasCaller = !_settings.InBackground;
        var write = PendingWrite.Rent(record, ticket, NextWrittenUs(), hasCaller);
        _watch.SetTimes(write, hasCaller);
        if (!_queue.TryAdd(write, out isAlone))
        {
            return null;
        }

        _watch.Start();
        return write;
    }

    // Later writes of the same record are told from earlier ones by this number, so it must grow even if the clock does not.
    private long NextWrittenUs()
    {
        var now = (_settings.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        while (true)
        {
            var last = Interlocked.Read(ref _lastWrittenUs);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _lastWrittenUs, next, last) == last)
            {
                return next;
            }
        }
    }

    // The queue is full, or the ledger is closed, or it lets many records wait.
    private WriteOutcome SpoolDirectly(IReadOnlyList<CallRecord> records, CallTicket ticket)
    {
        var isSpooled = _spool.TryAppend([.. records.Select(record => new SpoolEntry(record, NextWrittenUs()))]);
        foreach (var record in records)
        {
            AfterSpooling(record, ticket, isSpooled);
        }

        _queue.WakeOnce();
        if (_thread.Ended.IsCompleted)
        {
            // The next to open the ledger finds the file unlocked.
            _spool.Dispose();
        }

        return isSpooled ? WriteOutcome.Spooled : WriteOutcome.Lost;
    }

    private void AfterSpooling(CallRecord record, CallTicket ticket, bool isSpooled)
    {
        if (isSpooled)
        {
            _counters.Spooled(1);
            _notes.Remove(ticket.Slot, record.Id);
            return;
        }

        // The in-flight note stays: after the next start the call is seen as interrupted, which is better than not at all.
        _counters.Lost(1);
        _counters.Notice("Records were lost: neither the ledger nor its spool could be written; free space or make their folder writable.");
    }

    /// <summary>How a ledger is written.</summary>
    /// <param name="Path">The ledger's file.</param>
    /// <param name="Clock">The clock.</param>
    internal sealed record Settings(string Path, TimeProvider Clock)
    {
        public required TimeSpan MaxCallerWait { get; init; }

        public required TimeSpan DrainTimeout { get; init; }

        public required int QueueCapacity { get; init; }

        public required int MaxCallsInFlight { get; init; }

        public bool InBackground { get; init; }

        public bool SurvivePowerLoss { get; init; }
    }
}
