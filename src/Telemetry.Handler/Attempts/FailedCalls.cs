using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>
/// Logical calls whose last attempt failed, by their body: whoever sends the same body soon tries again. Each failure is
/// continued once. Bounded; the oldest are forgotten.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="sdkRetries">How often the official SDK tries again: what it will continue is not for others to continue.</param>
internal sealed class FailedCalls(TimeProvider time, int sdkRetries)
{
    /// <summary>The most failures that are remembered.</summary>
    public const int Most = 4_096;

    /// <summary>How long a failure is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<(UInt128 Body, Operation Operation), List<Failed>> _byBody = [];
    private readonly Queue<Failed> _order = new();
    private int _count;
    private int _mostResends;

    /// <summary>Whether nothing is remembered; then nobody needs a fingerprint.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Learns how often a message is sent again: what that will continue is not for others to continue.</summary>
    public void Learn(int resends)
    {
        lock (_gate)
        {
            _mostResends = Math.Max(_mostResends, resends);
        }
    }

    /// <summary>Remembers a failure.</summary>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="mayPass">Whether a client tries such a failure again by itself.</param>
    public void Add(OpenAttempt attempt, bool mayPass)
    {
        if (attempt.Body is not { } body)
        {
            return;
        }

        var failed = new Failed(attempt, attempt.Group.Version, (body, attempt.Operation), mayPass, time.GetTimestamp());
        lock (_gate)
        {
            Forget_NeedsLock(failed.At);
            if (!_byBody.TryGetValue(failed.Key, out var same))
            {
                _byBody.Add(failed.Key, same = []);
            }

            same.Add(failed);
            _order.Enqueue(failed);
            attempt.IsRemembered = true;
            _count = _byBody.Count;
        }
    }

    /// <summary>Finds the logical call that a message continues, once.</summary>
    /// <param name="body">The fingerprint of its body.</param>
    /// <param name="operation">What it does.</param>
    /// <param name="retryCount">The official SDK's count of retries; null when it does not count.</param>
    /// <returns>Null when it begins a call of its own.</returns>
    public AttemptGroup? Take(UInt128 body, Operation operation, int? retryCount)
    {
        lock (_gate)
        {
            Forget_NeedsLock(time.GetTimestamp());
            if (!_byBody.TryGetValue((body, operation), out var same))
            {
                return null;
            }

            // What was continued in another way is out of date.
            same.RemoveAll(static failed => failed.Version != failed.Attempt.Group.Version);
            var index = retryCount switch
            {
                null => same.FindIndex(IsFree_NeedsLock),
                0 => same.FindIndex(IsGivenUp_NeedsLock),
                var retry => IndexOfRetried(same, retry.Value),
            };
            var found = index < 0 ? null : same[index].Attempt.Group;
            if (index >= 0)
            {
                same.RemoveAt(index);
            }

            if (same.Count == 0)
            {
                _byBody.Remove((body, operation));
                _count = _byBody.Count;
            }

            return found;
        }
    }

    // The attempt just before it, else the oldest with a lower count.
    private static int IndexOfRetried(List<Failed> same, int retryCount)
    {
        var exact = same.FindIndex(failed => failed.Attempt.RetryCount == retryCount - 1);
        return exact >= 0 ? exact : same.FindIndex(failed => failed.Attempt.RetryCount < retryCount);
    }

    // Whoever tries again by itself goes on with its own failures, and another message with the same body is another call.
    private bool IsFree_NeedsLock(Failed failed) =>
        !failed.MayPass || !(failed.Attempt.RetryCount < sdkRetries || failed.Attempt.Resends < _mostResends);

    // The SDK begins a call here. It is another try of the application where the SDK itself has no more of them; what the SDK would
    // never try again, nobody would with the same body.
    private bool IsGivenUp_NeedsLock(Failed failed) => failed.MayPass && failed.Attempt.RetryCount is not null && IsFree_NeedsLock(failed);

    private void Forget_NeedsLock(long now)
    {
        while (_order.TryPeek(out var oldest) && (_order.Count >= Most || time.GetElapsedTime(oldest.At, now) > Lifetime))
        {
            _order.Dequeue();
            if (_byBody.TryGetValue(oldest.Key, out var same) && same.Remove(oldest) && same.Count == 0)
            {
                _byBody.Remove(oldest.Key);
            }
        }

        _count = _byBody.Count;
    }

    private sealed record Failed(OpenAttempt Attempt, int Version, (UInt128 Body, Operation Operation) Key, bool MayPass, long At);
}
