using MessagesSimulator.Caching;
using MessagesSimulator.Limits;
using MessagesSimulator.Scripting;

namespace MessagesSimulator;

/// <summary>How a simulated Messages API behaves.</summary>
public sealed class MessagesServerOptions
{
    /// <summary>The clock of cache lifetimes, limits and paces.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>How fast answers come, unless a step of the script says otherwise.</summary>
    /// <value>As fast as it goes.</value>
    public StreamPace Pace { get; set; } = StreamPace.Unlimited;

    /// <summary>The limits of every key.</summary>
    /// <value>High ones that are told but not enforced.</value>
    public RateLimits Limits { get; set; } = new();

    /// <summary>The keys that are known; null: every key is.</summary>
    /// <value>Null.</value>
    public IReadOnlySet<string>? Keys { get; set; }

    /// <summary>The organisation and the workspace of keys; a key that is not here is an organisation of its own.</summary>
    /// <value>Null.</value>
    public IReadOnlyDictionary<string, CacheCaller>? Callers { get; set; }

    /// <summary>How tokens are counted and how the cache of the prompts behaves.</summary>
    /// <value>As documented.</value>
    public PromptCacheOptions PromptCache { get; set; } = new();

    /// <summary>The share of the calls, from 0 to 1, that get a 529.</summary>
    /// <value>None.</value>
    public double OverloadedShare { get; set; }

    /// <summary>Which calls those are follows from it.</summary>
    /// <value>0.</value>
    public int OverloadSeed { get; set; }

    /// <summary>The header <c>anthropic-organization-id</c>.</summary>
    /// <value>A made-up one.</value>
    public string OrganizationId { get; set; } = "5a1e0000-0000-4000-8000-000000000001";

    /// <summary>The ids of messages and requests follow from it; null: other ids every time.</summary>
    /// <value>Null.</value>
    public int? Seed { get; set; }

    /// <summary>Whether the bytes sent are kept for comparison. The requests always are.</summary>
    /// <value>True.</value>
    public bool KeepSentBodies { get; set; } = true;

    /// <summary>Whether to speak HTTP/2 without TLS instead of HTTP/1.1.</summary>
    /// <value>False.</value>
    public bool Http2 { get; set; }
}
