namespace CostLedger.Writing;

/// <summary>The records that wait for the writer's thread, in order. Many threads add, one takes.</summary>
/// <param name="capacity">The most records.</param>
internal sealed class WriteQueue(int capacity)
{
    private const int SpinsBeforeSleep = 40;
    private const int SpinLength = 20;

    private readonly object _gate = new();

    // The two lists change places: what is being stored, and what came in meanwhile.
    private List<PendingWrite> _incoming = [];
    private List<PendingWrite> _working = [];
    private bool _mustLook;
    private volatile bool _sleepsForLong;
    private volatile bool _isClosed;
    private volatile int _count;

    /// <summary>How many records are not stored yet.</summary>
    public int Count => _count;

    /// <summary>Whether nothing more is let in.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Adds a record.</summary>
    /// <param name="write">The record.</param>
    /// <param name="isAlone">Whether no other record waits, so that the answer will come soon.</param>
    /// <returns>False when the queue is full or closed.</returns>
    public bool TryAdd(PendingWrite write, out bool isAlone)
    {
        lock (_gate)
        {
            isAlone = _count == 0;
            if (_isClosed || _count >= capacity)
            {
                return false;
            }

            _incoming.Add(write);
            _count++;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Adds records that belong together, so that the writer's thread finds them together.</summary>
    /// <param name="writes">The records.</param>
    /// <returns>How many of them, from the first; the queue is full or closed for the others.</returns>
    public int AddAll(IReadOnlyList<PendingWrite> writes)
    {
        lock (_gate)
        {
            var added = 0;
            while (added < writes.Count && !_isClosed && _count < capacity)
            {
                _incoming.Add(writes[added++]);
                _count++;
            }

            Monitor.Pulse(_gate);
            return added;
        }
    }

    /// <summary>Waits for records and takes all there are. <see cref="Done"/> must be called when they are stored.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <returns>The records; none when the time is over; null when the queue is closed and empty.</returns>
    public List<PendingWrite>? Take(TimeSpan patience)
    {
        // A caller that writes again at once, as in a loop, finds the thread awake.
        for (var i = 0; i < SpinsBeforeSleep && _count == 0 && Environment.ProcessorCount > 1; i++)
        {
            Thread.SpinWait(SpinLength);
        }

        lock (_gate)
        {
            if (_incoming.Count == 0 && !_isClosed && !_mustLook)
            {
                _sleepsForLong = patience == Timeout.InfiniteTimeSpan;
                Monitor.Wait(_gate, patience);
                _sleepsForLong = false;
            }

            _mustLook = false;
            if (_incoming.Count == 0)
            {
                return _isClosed ? null : [];
            }

            (_incoming, _working) = (_working, _incoming);
            return _working;
        }
    }

    /// <summary>Notes that all that was taken is stored or spooled.</summary>
    public void Done()
    {
        lock (_gate)
        {
            foreach (var write in _working)
            {
                write.Release();
            }

            _count -= _working.Count;
            _working.Clear();
        }
    }

    /// <summary>Looks at all records that are not stored yet, oldest first, under the lock; and drops those that the spool has.</summary>
    /// <typeparam name="T">What the visitor needs.</typeparam>
    /// <param name="state">What the visitor needs.</param>
    /// <param name="visit">The visitor; it must be quick.</param>
    public void Visit<T>(T state, Action<T, PendingWrite> visit)
    {
        lock (_gate)
        {
            foreach (var write in _working)
            {
                visit(state, write);
            }

            var kept = 0;
            for (var i = 0; i < _incoming.Count; i++)
            {
                var write = _incoming[i];
                if (write.IsStored)
                {
                    write.Release();
                    continue;
                }

                visit(state, write);
                _incoming[kept++] = write;
            }

            _count -= _incoming.Count - kept;
            _incoming.RemoveRange(kept, _incoming.Count - kept);
        }
    }

    /// <summary>Wakes the writer's thread, so that it looks whether there is other work.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _mustLook = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The same, unless the thread is awake or wakes up by itself soon.</summary>
    public void WakeOnce()
    {
        if (_sleepsForLong)
        {
            Wake();
        }
    }

    /// <summary>Lets nothing more in.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }
}
