using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>
/// Ties the official SDK's attempts together: it sends a new message each time, with the same body. A first attempt begins a
/// group under the body's fingerprint; a retry within two minutes finds it. Bounded; the oldest groups are forgotten.
/// </summary>
internal sealed class AttemptGroups(TimeProvider time)
{
    /// <summary>The most groups that are remembered.</summary>
    public const int MaxGroups = 4_096;

    /// <summary>How long a retry can find its group.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, (AttemptGroup Group, long At)> _groups = [];
    private readonly Queue<(UInt128 Body, long At)> _order = new();

    /// <summary>Begins a group, in place of an earlier one with the same body.</summary>
    /// <param name="body">The body's fingerprint.</param>
    /// <param name="first">The first attempt's key.</param>
    public AttemptGroup Begin(UInt128 body, CallId first)
    {
        var group = new AttemptGroup(first);
        var now = time.GetTimestamp();
        lock (_gate)
        {
            Forget_NeedsLock(now);
            _groups[body] = (group, now);
            _order.Enqueue((body, now));
        }

        return group;
    }

    /// <summary>Finds the group of a retry.</summary>
    /// <param name="body">The body's fingerprint.</param>
    /// <returns>Null when no first attempt with this body was seen lately.</returns>
    public AttemptGroup? Find(UInt128 body)
    {
        lock (_gate)
        {
            return _groups.TryGetValue(body, out var found) && time.GetElapsedTime(found.At) <= Lifetime ? found.Group : null;
        }
    }

    private void Forget_NeedsLock(long now)
    {
        while (_order.TryPeek(out var oldest) && (_order.Count >= MaxGroups || time.GetElapsedTime(oldest.At, now) > Lifetime))
        {
            _order.Dequeue();

            // A later group with the same body is younger than this entry.
            if (_groups.TryGetValue(oldest.Body, out var group) && group.At == oldest.At)
            {
                _groups.Remove(oldest.Body);
            }
        }
    }
}
