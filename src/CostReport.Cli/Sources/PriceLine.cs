namespace CostReport.Cli.Sources;

/// <summary>What a model costs at a provider in a period, at one speed and length: dollars per million tokens; null where it cannot be bought.</summary>
internal sealed record PriceLine
{
    /// <summary>The kind of every request that is nothing special.</summary>
    public const string Standard = "standard";

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The provider's price key.</summary>
    public required string Provider { get; init; }

    /// <summary><c>standard</c>, <c>batch</c>, <c>fast</c>, or one of them with the length of the prompt.</summary>
    public required string Kind { get; init; }

    /// <summary>The first UTC day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The first UTC day after the period; null while it lasts.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Uncached input.</summary>
    public decimal? Input { get; init; }

    /// <summary>Output.</summary>
    public decimal? Output { get; init; }

    /// <summary>Cache reads.</summary>
    public decimal? CacheRead { get; init; }

    /// <summary>Cache writes for five minutes.</summary>
    public decimal? CacheWrite5m { get; init; }

    /// <summary>Cache writes for one hour.</summary>
    public decimal? CacheWrite1h { get; init; }

    /// <summary>How sure the price is: <c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public required string Confidence { get; init; }

    /// <summary>The five prices, to compare rows by.</summary>
    public (decimal?, decimal?, decimal?, decimal?, decimal?) Classes => (Input, Output, CacheRead, CacheWrite5m, CacheWrite1h);

    /// <summary>Whether a UTC day is in the period.</summary>
    public bool Covers(DateOnly day) => day >= From && (Until is null || day < Until);
}
