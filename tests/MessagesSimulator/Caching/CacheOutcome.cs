using MessagesSimulator.Prompts;

namespace MessagesSimulator.Caching;

/// <summary>What the cache does for one request.</summary>
/// <param name="ReadTokens">Tokens read.</param>
/// <param name="WriteTokens5m">Tokens written for five minutes.</param>
/// <param name="WriteTokens1h">Tokens written for an hour.</param>
/// <param name="UncachedTokens">All other tokens of the prompt.</param>
/// <param name="Entries">The entries to keep once the answer begins.</param>
internal sealed record CacheOutcome(
    int ReadTokens,
    int WriteTokens5m,
    int WriteTokens1h,
    int UncachedTokens,
    IReadOnlyList<(PromptBlock Block, CacheTtl Ttl)> Entries);
