namespace MessagesSimulator.Caching;

/// <summary>The input side of a call's usage. The classes are disjoint, and their sum is the prompt.</summary>
/// <param name="InputTokens">Tokens neither read nor written.</param>
/// <param name="CacheReadInputTokens">Tokens read from the cache.</param>
/// <param name="CacheCreation5mInputTokens">Tokens written for five minutes.</param>
/// <param name="CacheCreation1hInputTokens">Tokens written for an hour.</param>
public sealed record CacheUsage(int InputTokens, int CacheReadInputTokens, int CacheCreation5mInputTokens, int CacheCreation1hInputTokens)
{
    /// <summary>All tokens of the prompt.</summary>
    public int TotalTokens => InputTokens + CacheReadInputTokens + CacheCreation5mInputTokens + CacheCreation1hInputTokens;

    /// <summary>Tokens written.</summary>
    public int CacheCreationInputTokens => CacheCreation5mInputTokens + CacheCreation1hInputTokens;
}
