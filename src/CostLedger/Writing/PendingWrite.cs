using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using CostLedger.Records;

namespace CostLedger.Writing;

/// <summary>
/// A record on its way into the ledger, and what its caller awaits. Pooled: it returns to the pool when the caller, the queue
/// and the spool have let go of it.
/// </summary>
internal sealed class PendingWrite : IValueTaskSource<WriteOutcome>
{
    /// <summary>A time that never comes, for <see cref="SpoolAt"/> and <see cref="ReleaseAt"/>.</summary>
    public const long Never = long.MaxValue;

    private const int MaxPooled = 1024;
    private static readonly ConcurrentQueue<PendingWrite> Pool = new();

    private readonly object _signal = new();

    // The caller goes on in the thread pool: its code must never run on the writer's thread.
    private ManualResetValueTaskSourceCore<WriteOutcome> _core = new() { RunContinuationsAsynchronously = true };
    private CallRecord? _record;
    private Action<WriteOutcome>? _answered;
    private int _references;
    private int _claimed;
    private volatile bool _isCompleted;
    private int _isStored;
    private bool _hasBlockedCaller;

    private PendingWrite()
    {
    }

    /// <summary>The record.</summary>
    public CallRecord Record => _record ?? throw new InvalidOperationException("The write is over.");

    /// <summary>The place of the call's in-flight note.</summary>
    public CallTicket Ticket { get; private set; }

    /// <summary>When the record was handed in, Unix microseconds; later for every later write.</summary>
    public long WrittenUs { get; private set; }

    /// <summary>The timestamp at which the record goes to the spool; never while it is on its way there. Guarded by the queue's lock.</summary>
    public long SpoolAt { get; set; }

    /// <summary>The timestamp at which the caller is let go. Guarded by the queue's lock.</summary>
    public long ReleaseAt { get; set; }

    /// <summary>Whether the record is in the ledger or in the spool.</summary>
    public bool IsStored => Volatile.Read(ref _isStored) != 0;

    /// <summary>Whether the caller has its answer.</summary>
    public bool IsCompleted => _isCompleted;

    /// <summary>What the caller awaits. Must be awaited once, or not at all when nobody waits.</summary>
    public ValueTask<WriteOutcome> Task => new(this, _core.Version);

    /// <summary>Makes a write that its queue holds.</summary>
    /// <param name="record">The record.</param>
    /// <param name="ticket">The place of the in-flight note.</param>
    /// <param name="writtenUs">When it was handed in.</param>
    /// <param name="hasCaller">Whether a caller waits for it.</param>
    /// <param name="answered">Told of the answer where no caller waits; must be quick, and not throw.</param>
    public static PendingWrite Rent(
        CallRecord record, CallTicket ticket, long writtenUs, bool hasCaller, Action<WriteOutcome>? answered = null)
    {
        if (!Pool.TryDequeue(out var write))
        {
            write = new PendingWrite();
        }

        write._record = record;
        write._answered = answered;
        write.Ticket = ticket;
        write.WrittenUs = writtenUs;
        write._references = hasCaller ? 2 : 1;
        write._claimed = 0;
        write._isCompleted = false;
        write._isStored = 0;
        write._hasBlockedCaller = false;
        return write;
    }

    /// <summary>Notes one more holder.</summary>
    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>Lets go; the last holder returns the write to the pool.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) > 0)
        {
            return;
        }

        _record = null;
        _answered = null;
        _core.Reset();
        if (Pool.Count < MaxPooled)
        {
            Pool.Enqueue(this);
        }
    }

    /// <summary>Notes that the ledger or the spool has the record.</summary>
    /// <returns>False when that was noted before.</returns>
    public bool MarkStored() => Interlocked.Exchange(ref _isStored, 1) == 0;

    /// <summary>Gives the caller its answer, the first time.</summary>
    public void Complete(WriteOutcome outcome)
    {
        if (Interlocked.Exchange(ref _claimed, 1) != 0)
        {
            return;
        }

        _core.SetResult(outcome);
        _isCompleted = true;
        lock (_signal)
        {
            if (_hasBlockedCaller)
            {
                Monitor.PulseAll(_signal);
            }
        }

        _answered?.Invoke(outcome);
    }

    /// <summary>Blocks until there is an answer.</summary>
    /// <param name="bound">The longest time; after it the answer is <see cref="WriteOutcome.Queued"/>.</param>
    public WriteOutcome Wait(TimeSpan bound)
    {
        lock (_signal)
        {
            _hasBlockedCaller = true;
            if (!_isCompleted)
            {
                Monitor.Wait(_signal, bound);
            }
        }

        Complete(WriteOutcome.Queued);
        SpinWait.SpinUntil(() => _isCompleted);
        return GetResult(_core.Version);
    }

    /// <inheritdoc/>
    public WriteOutcome GetResult(short token)
    {
        var outcome = _core.GetResult(token);
        Release();
        return outcome;
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
