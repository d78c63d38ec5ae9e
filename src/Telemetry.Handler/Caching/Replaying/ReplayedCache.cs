using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Replaying;

/// <summary>The provider's cache at a moment of the replay. Only what was used within the last hour matters, so that a bound does no harm.</summary>
internal sealed class ReplayedCache(PriceBook prices, int capacity)
{
    private readonly PriorityQueue<Writing, (long Ticks, CallId Id)> _writing = new();
    private readonly Stack<Writing> _pool = [];

    /// <summary>What is in it.</summary>
    public EntryBook Entries { get; } = new(capacity);

    /// <summary>How the models cache.</summary>
    public RulesBook Rules { get; } = new(prices);

    /// <summary>Lets time pass: answers that have begun by now can be read by others.</summary>
    public void Advance(CacheMoment now)
    {
        while (_writing.TryPeek(out var next, out var at) && at.Ticks <= now.Ticks)
        {
            _writing.Dequeue();
            for (var i = 0; i < next.Count; i++)
            {
                var (key, lifetime, tokens, isExact) = next.Places[i];
                Entries.Confirm(key, lifetime, tokens, isExact, next.Call, next.Started);
            }

            _pool.Push(next);
        }
    }

    /// <summary>A request is sent: what it will write cannot be read before its answer begins.</summary>
    /// <param name="call">The call.</param>
    /// <param name="started">When it is sent.</param>
    /// <param name="began">How long its answer takes to begin.</param>
    /// <param name="places">What it writes or reads.</param>
    public void Send(CallId call, CacheMoment started, TimeSpan began, ReadOnlySpan<ReplayedPlace> places)
    {
        if (places.IsEmpty)
        {
            return;
        }

        var writing = _pool.TryPop(out var free) ? free : new Writing();
        (writing.Call, writing.Started, writing.Count) = (call, started, places.Length);
        places.CopyTo(writing.Places);
        foreach (var place in places)
        {
            // What is read lives on from the start of the request, not from that of its answer.
            if (Entries.Find(place.Key)?.IsReadable(started) == true)
            {
                Entries.Confirm(place.Key, place.Lifetime, place.Tokens, place.IsExact, call, started);
            }
            else
            {
                Entries.Announce(place.Key, place.Lifetime, place.Tokens, call, started);
            }
        }

        _writing.Enqueue(writing, (started.Ticks + began.Ticks, call));
    }

    private sealed class Writing
    {
        public CallId Call { get; set; }

        public CacheMoment Started { get; set; }

        public int Count { get; set; }

        // All breakpoints, and the place that is read.
        public ReplayedPlace[] Places { get; } = new ReplayedPlace[Marks.Most + 1];
    }
}
