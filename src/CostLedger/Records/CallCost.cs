namespace CostLedger.Records;

/// <summary>What an attempt costs, and how that is known.</summary>
public sealed record CallCost
{
    /// <summary>How the cost is known.</summary>
    public required CostBasis Basis { get; init; }

    /// <summary>The cost by class; null when <see cref="Basis"/> is <see cref="CostBasis.Unpriced"/>, all zero when unbilled.</summary>
    public CostByClass? ByClass { get; init; }

    /// <summary>The least it can be; null unless estimated.</summary>
    public NanoUsd? LowerBound { get; init; }

    /// <summary>The most it can be; null unless estimated and bounded.</summary>
    public NanoUsd? UpperBound { get; init; }

    /// <summary>The version of the price list that was used; null when none was needed.</summary>
    public string? PriceVersion { get; init; }

    /// <summary>What the same tokens would have cost without a cache, less what they cost; negative when caching cost more.</summary>
    public NanoUsd? SavedByCache { get; init; }

    /// <summary>What a reader must know about the figure, as <see cref="CostMarks"/>; empty when there is nothing.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The whole cost; null when unpriced.</summary>
    public NanoUsd? Total => ByClass?.Total;
}
