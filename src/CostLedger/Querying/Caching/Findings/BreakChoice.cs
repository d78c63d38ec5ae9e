namespace CostLedger.Querying.Caching.Findings;

/// <summary>Which losses of the prompt cache a question is about, and how many of them are listed.</summary>
public sealed record BreakChoice
{
    /// <summary>Reasons of which one must match, as in <see cref="Records.CacheBreak.Reason"/>; empty: all.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How many breaks are listed at most, the worst. Default: 100.</summary>
    public int Most { get; init; } = 100;
}
