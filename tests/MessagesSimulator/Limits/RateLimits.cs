namespace MessagesSimulator.Limits;

/// <summary>The limits of a key, per minute.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="InputTokens">Input tokens; cache reads do not count.</param>
/// <param name="OutputTokens">Output tokens.</param>
public sealed record RateLimits(int Requests = 20_000, int InputTokens = 10_000_000, int OutputTokens = 2_000_000)
{
    /// <summary>Whether a call over a limit gets a 429; otherwise the headers only tell.</summary>
    public bool Enforced { get; init; }
}
