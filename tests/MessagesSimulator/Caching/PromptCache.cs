using MessagesSimulator.Prompts;

namespace MessagesSimulator.Caching;

/// <summary>
/// The prompt cache of the documentation: entries only at breakpoints, per key and model; read by looking back over twenty
/// block positions from each breakpoint; alive for their TTL, counted from the start of the request that last wrote or read
/// them; usable once the answer that wrote them has begun.
/// </summary>
internal sealed class PromptCache(TimeProvider time)
{
    private const int Lookback = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Scope, string Prefix), CacheEntry> _entries = [];

    /// <summary>Reads for a request that begins now, and refreshes what it reads.</summary>
    /// <param name="scope">Whose cache: key and model.</param>
    /// <param name="prompt">The prompt.</param>
    /// <returns>What is read and what is to be written.</returns>
    public CacheOutcome Begin(string scope, Prompt prompt)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var hit = LongestHit_NeedsLock(scope, prompt, now);
            Refresh_NeedsLock(scope, prompt, hit, now);
            return Outcome(prompt, hit);
        }
    }

    /// <summary>Keeps what a request wrote, from the moment its answer begins.</summary>
    /// <param name="scope">Whose cache.</param>
    /// <param name="outcome">What <see cref="Begin"/> gave.</param>
    /// <param name="startedAt">When the request began: lifetimes count from there.</param>
    public void Commit(string scope, CacheOutcome outcome, DateTimeOffset startedAt)
    {
        lock (_gate)
        {
            foreach (var (block, ttl) in outcome.Entries)
            {
                _entries[(scope, block.PrefixHash)] = new CacheEntry(block.TokensSoFar, ttl, startedAt + Lifetime(ttl));
            }
        }
    }

    /// <summary>Forgets everything, as the provider may at any time.</summary>
    public void Evict()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    private int LongestHit_NeedsLock(string scope, Prompt prompt, DateTimeOffset now)
    {
        for (var breakpoint = prompt.Breakpoints.Count - 1; breakpoint >= 0; breakpoint--)
        {
            var from = prompt.Breakpoints[breakpoint].Position;
            for (var position = from; position >= 0 && position > from - Lookback; position--)
            {
                if (IsAlive_NeedsLock((scope, prompt.Blocks[position].PrefixHash), now))
                {
                    return position;
                }
            }
        }

        return -1;
    }

    private bool IsAlive_NeedsLock((string Scope, string Prefix) key, DateTimeOffset now)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return false;
        }

        if (entry.ExpiresAt > now)
        {
            return true;
        }

        _entries.Remove(key);
        return false;
    }

    /// <summary>A read refreshes the entry read and those at the request's breakpoints before it, which are a part of it.</summary>
    private void Refresh_NeedsLock(string scope, Prompt prompt, int hit, DateTimeOffset now)
    {
        if (hit < 0)
        {
            return;
        }

        foreach (var position in prompt.Breakpoints.Select(breakpoint => breakpoint.Position).Where(at => at < hit).Append(hit))
        {
            var key = (scope, prompt.Blocks[position].PrefixHash);
            if (IsAlive_NeedsLock(key, now))
            {
                _entries[key] = _entries[key] with { ExpiresAt = now + Lifetime(_entries[key].Ttl) };
            }
        }
    }

    /// <summary>Tokens up to the hit are read; from there to the last one-hour breakpoint they are written for an hour,
    /// from there to the last breakpoint for five minutes. Breakpoints below the model's minimum do not count.</summary>
    private static CacheOutcome Outcome(Prompt prompt, int hit)
    {
        var written = prompt.Breakpoints
            .Where(at => at.Position > hit && prompt.Blocks[at.Position].TokensSoFar >= prompt.Model.MinimumCacheable)
            .Select(at => (Block: prompt.Blocks[at.Position], at.Ttl))
            .ToList();
        var read = hit < 0 ? 0 : prompt.Blocks[hit].TokensSoFar;
        var hourEnd = written.Where(entry => entry.Ttl == CacheTtl.OneHour).Select(entry => entry.Block.TokensSoFar).LastOrDefault(read);
        var end = written.Select(entry => entry.Block.TokensSoFar).LastOrDefault(read);
        return new CacheOutcome(read, end - hourEnd, hourEnd - read, prompt.Tokens - end, written);
    }

    private static TimeSpan Lifetime(CacheTtl ttl) => ttl == CacheTtl.OneHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
}
