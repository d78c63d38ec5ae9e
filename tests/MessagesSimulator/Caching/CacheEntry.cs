using MessagesSimulator.Prompts;

namespace MessagesSimulator.Caching;

/// <summary>A prefix that the cache holds.</summary>
/// <param name="Tokens">Its length.</param>
/// <param name="Ttl">How long it lives without being read.</param>
/// <param name="ExpiresAt">When it goes, if nobody reads it before.</param>
/// <param name="Order">Its place among all entries ever written.</param>
internal sealed record CacheEntry(int Tokens, CacheTtl Ttl, DateTimeOffset ExpiresAt, long Order);
