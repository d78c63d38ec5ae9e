using MessagesSimulator.Prompts;

namespace MessagesSimulator.Caching;

/// <summary>
/// The prompt cache of the documentation: entries only at breakpoints, per owner and model; read by looking back over twenty
/// block positions from each breakpoint; alive for their TTL, counted from the start of the request that last wrote or read
/// them; usable once the answer that wrote them has begun.
/// </summary>
internal sealed class PromptCache(TimeProvider time, PromptCacheOptions options)
{
    private const int Lookback = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Scope, string Prefix), CacheEntry> _entries = [];
    private readonly Random _loss = new(options.LossSeed);
    private long _written;
    private int _concealed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                var now = time.GetUtcNow();
                return _entries.Values.Count(entry => entry.ExpiresAt + options.Lateness > now);
            }
        }
    }

    /// <summary>Reads for a request that begins now, and refreshes what it reads.</summary>
    /// <param name="scope">Whose cache: owner and model.</param>
    /// <param name="prompt">The prompt.</param>
    /// <returns>What is read and what is to be written.</returns>
    public CacheOutcome Begin(string scope, Prompt prompt)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var hit = LongestHit_NeedsLock(scope, prompt, now);
            if (hit >= 0 && _loss.NextDouble() < options.LossShare)
            {
                _entries.Remove((scope, prompt.Blocks[hit].PrefixHash));
                hit = LongestHit_NeedsLock(scope, prompt, now);
            }

            Refresh_NeedsLock(scope, prompt, hit, now);
            var outcome = Outcome(prompt, hit);
            var concealed = Math.Min(_concealed, outcome.Usage.CacheReadInputTokens);
            _concealed = 0;
            return outcome with
            {
                Usage = outcome.Usage with
                {
                    InputTokens = outcome.Usage.InputTokens + concealed,
                    CacheReadInputTokens = outcome.Usage.CacheReadInputTokens - concealed,
                },
            };
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
                var key = (scope, block.PrefixHash);
                var entry = new CacheEntry(block.TokensSoFar, ttl, startedAt + Lifetime(ttl), _written++);
                if (!_entries.TryGetValue(key, out var older) || older.ExpiresAt < entry.ExpiresAt)
                {
                    _entries[key] = entry;
                }
            }
        }
    }

    /// <summary>Forgets entries, in an order of the caller's.</summary>
    /// <param name="order">The entries in that order, the first to go first.</param>
    /// <param name="count">How many go.</param>
    /// <param name="organization">Whose; null: everybody's.</param>
    public void Evict(Func<IEnumerable<CacheEntry>, IEnumerable<CacheEntry>> order, int count, string? organization)
    {
        lock (_gate)
        {
            var owned = _entries.Where(entry => organization is null || entry.Key.Scope.StartsWith(organization + "\n", StringComparison.Ordinal));
            var gone = order(owned.Select(entry => entry.Value)).Take(count).ToHashSet(ReferenceEqualityComparer.Instance);
            foreach (var key in _entries.Where(entry => gone.Contains(entry.Value)).Select(entry => entry.Key).ToList())
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>Lets the next request tell fewer tokens read than there were.</summary>
    /// <param name="tokens">How many fewer.</param>
    public void Conceal(int tokens)
    {
        lock (_gate)
        {
            _concealed = tokens;
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

        if (entry.ExpiresAt + options.Lateness > now)
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
        return new CacheOutcome(new CacheUsage(prompt.Tokens - end, read, end - hourEnd, hourEnd - read), written);
    }

    private static TimeSpan Lifetime(CacheTtl ttl) => ttl == CacheTtl.OneHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
}
