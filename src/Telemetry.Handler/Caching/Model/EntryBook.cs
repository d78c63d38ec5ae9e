using CostLedger.Records;

namespace Telemetry.Handler.Caching.Model;

/// <summary>The entries of the provider's cache that are known of. For one thread at a time.</summary>
internal sealed class EntryBook(int capacity)
{
    private readonly TwoGenerations<UInt128, CacheEntry> _entries = new(capacity);

    /// <summary>How many there are, those that expired and were not forgotten yet among them.</summary>
    public int Count => _entries.Count;

    /// <summary>Finds an entry, whatever its state.</summary>
    public CacheEntry? Find(UInt128 key) => _entries.TryGet(key, out var entry) ? entry : null;

    /// <summary>A request that will write an entry is on its way; one that can be read, or is being written, stays as it is.</summary>
    public void Announce(UInt128 key, TimeSpan lifetime, int tokens, CallId call, CacheMoment now)
    {
        if (Find(key) is not { } entry || !(entry.IsReadable(now) || entry.IsPending(now)))
        {
            _entries.Set(key, new CacheEntry { State = EntryState.Pending, Lifetime = lifetime, Tokens = tokens, Call = call, Used = now }, weight: 1);
        }
    }

    /// <summary>The answer of a request that writes or reads an entry has begun.</summary>
    public void Begin(UInt128 key, TimeSpan lifetime, int tokens, CallId call, CacheMoment started)
    {
        if (Find(key) is not { } entry)
        {
            _entries.Set(key, new CacheEntry { State = EntryState.Assumed, Lifetime = lifetime, Tokens = tokens, Call = call, Used = started }, weight: 1);
            return;
        }

        if (entry.State == EntryState.Pending)
        {
            (entry.State, entry.Lifetime) = (EntryState.Assumed, lifetime);
        }

        Use(entry, lifetime, call, started);
    }

    /// <summary>Usage told that an entry is there, and its tokens.</summary>
    public void Confirm(UInt128 key, TimeSpan lifetime, int tokens, bool isExact, CallId call, CacheMoment started)
    {
        Begin(key, lifetime, tokens, call, started);
        if (Find(key) is { } entry)
        {
            entry.State = EntryState.Confirmed;
            if (isExact || !entry.IsExact)
            {
                (entry.Tokens, entry.IsExact) = (tokens, isExact);
            }
        }
    }

    /// <summary>A request failed before it was answered: what it would have written is not there.</summary>
    public void Withdraw(UInt128 key, CallId call)
    {
        if (Find(key) is { State: EntryState.Pending } entry && entry.Call == call)
        {
            _entries.Remove(key);
        }
    }

    /// <summary>Usage told that an entry is not there.</summary>
    public void Remove(UInt128 key) => _entries.Remove(key);

    // An expired entry is written anew; a living one keeps its lifetime, which every read renews.
    private static void Use(CacheEntry entry, TimeSpan lifetime, CallId call, CacheMoment started)
    {
        if (started.AgeOf(entry.Used) >= entry.Lifetime)
        {
            entry.Lifetime = lifetime;
        }

        if (started.Ticks >= entry.Used.Ticks)
        {
            (entry.Used, entry.Call) = (started, call);
        }
    }
}
