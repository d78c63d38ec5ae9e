using CostLedger.Records;

namespace Telemetry.Handler.Caching.Model;

/// <summary>A prefix in the provider's cache, as far as can be known from here.</summary>
internal sealed class CacheEntry
{
    // No answer takes longer to begin; whoever did not tell its end is taken to have failed.
    private static readonly TimeSpan LongestPending = TimeSpan.FromMinutes(10);

    public EntryState State { get; set; }

    /// <summary>How long it lives after it was written or read.</summary>
    public TimeSpan Lifetime { get; set; }

    /// <summary>The start of the last request that wrote or read it.</summary>
    public CacheMoment Used { get; set; }

    /// <summary>That request.</summary>
    public CallId Call { get; set; }

    /// <summary>The tokens of the prefix.</summary>
    public int Tokens { get; set; }

    /// <summary>Whether usage told the tokens; otherwise they are an estimate.</summary>
    public bool IsExact { get; set; }

    /// <summary>Whether it can be read by a request that starts now.</summary>
    public bool IsReadable(CacheMoment now) => State != EntryState.Pending && now.AgeOf(Used) < Lifetime;

    /// <summary>Whether a request that writes it is still on its way.</summary>
    public bool IsPending(CacheMoment now) => State == EntryState.Pending && now.AgeOf(Used) < LongestPending;
}
