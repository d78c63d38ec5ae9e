using MessagesSimulator.Prompts;

namespace MessagesSimulator.Caching;

/// <summary>What the cache does for one request.</summary>
/// <param name="Usage">Tokens read, written and neither.</param>
/// <param name="Entries">The entries to keep once the answer begins.</param>
internal sealed record CacheOutcome(CacheUsage Usage, IReadOnlyList<(PromptBlock Block, CacheTtl Ttl)> Entries);
