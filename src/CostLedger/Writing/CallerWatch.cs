using CostLedger.Resilience;

namespace CostLedger.Writing;

/// <summary>
/// Keeps the promise that nobody waits longer than the bound: what the ledger does not store in four fifths of it goes to the
/// spool, and who still waits at its end is let go.
/// </summary>
internal sealed class CallerWatch : IDisposable
{
    // While the spool hangs, there are no more than so many looks within the bound.
    private const int MostLooks = 50;

    private readonly WriteQueue _queue;
    private readonly Spool _spool;
    private readonly LedgerStatistics.Counters _counters;
    private readonly Action<PendingWrite, bool> _stored;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly long _bound;
    private readonly long _spoolAfter;
    private readonly Lock _gate = new();
    private bool _isArmed;
    private bool _isSpooling;

    /// <param name="queue">The waiting records.</param>
    /// <param name="spool">Where they go.</param>
    /// <param name="bound">The longest time a caller waits.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="counters">Told of failures.</param>
    /// <param name="stored">Told of every record that the queue is rid of, and whether the spool has it.</param>
    public CallerWatch(
        WriteQueue queue, Spool spool, TimeSpan bound, TimeProvider clock, LedgerStatistics.Counters counters, Action<PendingWrite, bool> stored)
    {
        _queue = queue;
        _spool = spool;
        _clock = clock;
        _counters = counters;
        _stored = stored;
        _bound = Math.Max(1, (long)(bound.TotalSeconds * clock.TimestampFrequency));
        _spoolAfter = _bound - (_bound / 5);
        _timer = clock.CreateTimer(static state => ((CallerWatch?)state)?.OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the times of a record that is about to be queued.</summary>
    public void SetTimes(PendingWrite write, bool hasCaller)
    {
        var now = _clock.GetTimestamp();
        write.SpoolAt = now + _spoolAfter;
        write.ReleaseAt = hasCaller ? now + _bound : PendingWrite.Never;
    }

    /// <summary>Watches the queue, in which there is a record now.</summary>
    public void Start()
    {
        // Pairs with the barrier in LookAgain: either that one sees the record, or this one sees that nobody watches.
        Interlocked.MemoryBarrier();
        if (!Volatile.Read(ref _isArmed))
        {
            lock (_gate)
            {
                if (!_isArmed)
                {
                    _isArmed = true;
                    Arm(_spoolAfter);
                }
            }
        }
    }

    /// <summary>Spools everything that is not stored, because the ledger closes.</summary>
    public void SpoolAll()
    {
        var rest = new List<PendingWrite>();
        _queue.Visit(rest, static (rest, write) =>
        {
            if (!write.IsStored)
            {
                write.SpoolAt = PendingWrite.Never;
                write.Retain();
                rest.Add(write);
            }
        });
        SpoolAndRelease(rest, isLastChance: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void OnTime()
    {
        try
        {
            Look();
        }
#pragma warning disable CA1031 // An exception in a timer would end the application.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _counters.Notice($"Spooling failed: {e.Message}");
            lock (_gate)
            {
                Arm(_bound);
            }
        }
    }

    private void Look()
    {
        var canSpool = !Interlocked.Exchange(ref _isSpooling, true);
        try
        {
            var look = new Overdue(_clock.GetTimestamp(), _bound - _spoolAfter, canSpool);
            _queue.Visit(look, static (state, write) => state.Add(write));
            LookAgain(look);

            // Outside of all locks, and with the timer running: if the disk hangs here, callers are let go nevertheless.
            SpoolAndRelease(look.ToSpool, isLastChance: false);
        }
        finally
        {
            if (canSpool)
            {
                Volatile.Write(ref _isSpooling, false);
            }
        }
    }

    private void LookAgain(Overdue look)
    {
        lock (_gate)
        {
            _isArmed = false;
            Interlocked.MemoryBarrier();
            if (_queue.Count > 0)
            {
                _isArmed = true;
                Arm(Math.Clamp(look.Next - look.Now, _bound / MostLooks, _bound));
            }
        }
    }

    private void SpoolAndRelease(List<PendingWrite> writes, bool isLastChance)
    {
        if (writes.Count == 0)
        {
            return;
        }

        var isSpooled = _spool.TryAppend([.. writes.Select(write => new SpoolEntry(write.Record, write.WrittenUs))]);
        var again = _clock.GetTimestamp() + _bound;
        foreach (var write in writes)
        {
            if (isSpooled || isLastChance)
            {
                var isFirst = write.MarkStored();
                write.Complete(isSpooled ? WriteOutcome.Spooled : WriteOutcome.Lost);
                if (isFirst)
                {
                    _stored(write, isSpooled);
                }
            }
            else
            {
                write.SpoolAt = again;
            }

            write.Release();
        }

        _queue.Wake();
    }

    private void Arm(long due) => _timer.Change(
        TimeSpan.FromSeconds((double)Math.Max(1, due) / _clock.TimestampFrequency), Timeout.InfiniteTimeSpan);

    private sealed record Overdue(long Now, long Grace, bool CanSpool)
    {
        public List<PendingWrite> ToSpool { get; } = [];

        public long Next { get; private set; } = PendingWrite.Never;

        public void Add(PendingWrite write)
        {
            if (write.IsStored)
            {
                return;
            }

            if (write.SpoolAt <= Now && CanSpool)
            {
                write.SpoolAt = PendingWrite.Never;
                write.Retain();
                ToSpool.Add(write);

                // When this look comes late, the spool still gets its part of the time.
                write.ReleaseAt = write.ReleaseAt <= Now ? Now + Grace : write.ReleaseAt;
            }
            else if (write.ReleaseAt <= Now)
            {
                write.ReleaseAt = PendingWrite.Never;
                write.Complete(WriteOutcome.Queued);
            }

            Next = Math.Min(Next, Math.Min(write.SpoolAt, write.ReleaseAt));
        }
    }
}
