namespace CostLedger.Writing.Bulk;

/// <summary>Counts records on their way, and remembers the worst that became of one. For any thread.</summary>
/// <param name="clock">The clock of the waits that can be awaited.</param>
internal sealed class BulkTally(TimeProvider clock)
{
    private readonly object _gate = new();
    private TaskCompletionSource? _empty;
    private int _onTheWay;
    private long? _spooledAt;
    private WriteOutcome _worst;

    /// <summary>How long ago a record went to the spool; null when none did.</summary>
    public TimeSpan? SinceSpooled
    {
        get
        {
            lock (_gate)
            {
                return _spooledAt is { } at ? clock.GetElapsedTime(at) : null;
            }
        }
    }

    /// <summary>Notes that records are sent.</summary>
    public void Sent(int count)
    {
        lock (_gate)
        {
            _onTheWay += count;
        }
    }

    /// <summary>Notes that one of them has arrived.</summary>
    public void Arrived(WriteOutcome where)
    {
        lock (_gate)
        {
            _onTheWay--;
            Note_NeedsLock(where);
            Monitor.PulseAll(_gate);
            if (_onTheWay == 0)
            {
                _empty?.TrySetResult();
                _empty = null;
            }
        }
    }

    /// <summary>Notes what became of records that were not sent.</summary>
    public void Note(WriteOutcome where)
    {
        lock (_gate)
        {
            Note_NeedsLock(where);
        }
    }

    /// <summary>Blocks until no more than so many are on their way.</summary>
    /// <returns>False when the bound came first.</returns>
    public bool WaitUntil(int count, TimeSpan bound)
    {
        var start = clock.GetTimestamp();
        lock (_gate)
        {
            while (_onTheWay > count)
            {
                var left = bound - clock.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    return _onTheWay <= count;
                }
            }

            return true;
        }
    }

    /// <summary>Completes when none is on its way, or at the bound.</summary>
    /// <returns>False when the bound came first.</returns>
    public async ValueTask<bool> WaitUntilEmptyAsync(TimeSpan bound)
    {
        Task empty;
        lock (_gate)
        {
            if (_onTheWay == 0)
            {
                return true;
            }

            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            empty = _empty.Task;
        }

        try
        {
            await empty.WaitAsync(bound, clock).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The worst since the last time this was asked.</summary>
    /// <param name="isComplete">Whether all have arrived; the others are in memory.</param>
    public WriteOutcome TakeWorst(bool isComplete)
    {
        lock (_gate)
        {
            if (!isComplete)
            {
                Note_NeedsLock(WriteOutcome.Queued);
            }

            var worst = _worst;
            _worst = WriteOutcome.Committed;
            return worst;
        }
    }

    private static int Badness(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Committed => 0,
        WriteOutcome.Spooled => 1,
        WriteOutcome.Queued => 2,
        _ => 3,
    };

    private void Note_NeedsLock(WriteOutcome where)
    {
        _worst = Badness(where) > Badness(_worst) ? where : _worst;
        if (where == WriteOutcome.Spooled)
        {
            _spooledAt = clock.GetTimestamp();
        }
    }
}
