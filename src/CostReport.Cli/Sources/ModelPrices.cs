namespace CostReport.Cli.Sources;

/// <summary>Everything a price list says of one model.</summary>
/// <param name="Model">The model's id at the Claude API; null when the list does not know it.</param>
/// <param name="Explanation">How the id that was asked for leads there, or why it does not.</param>
/// <param name="Lines">Its prices, past and present.</param>
/// <param name="Notes">Remarks and sources.</param>
internal sealed record ModelPrices(string? Model, string Explanation, IReadOnlyList<PriceLine> Lines, IReadOnlyList<string> Notes)
{
    /// <summary>The most tokens of prompt and answer together.</summary>
    public long? ContextWindow { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    public long? MaxOutput { get; init; }

    /// <summary>The shortest prefix that can be cached, in tokens.</summary>
    public long? MinCacheableTokens { get; init; }

    /// <summary>Where the model is in its life.</summary>
    public string? Status { get; init; }
}
