using MessagesSimulator.Prompts;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Caching;

/// <summary>How the simulated cache behaves where the provider is free to.</summary>
public sealed record PromptCacheOptions
{
    /// <summary>How tokens are counted.</summary>
    public TokenRule Tokens { get; init; } = TokenRule.Words;

    /// <summary>What loses which level, where the documentation leaves it open.</summary>
    public CacheKeyRules Keys { get; init; } = new();

    /// <summary>How long an entry may still be read after its lifetime: it is deleted promptly, not at once.</summary>
    public TimeSpan Lateness { get; init; }

    /// <summary>The share of reads, from 0 to 1, that find their entry lost by the provider.</summary>
    public double LossShare { get; init; }

    /// <summary>Which reads those are follows from it.</summary>
    public int LossSeed { get; init; }

    /// <summary>Whether the comparison with an earlier request is never finished when the answer begins.</summary>
    public bool DiagnosticsAreLate { get; init; }
}
