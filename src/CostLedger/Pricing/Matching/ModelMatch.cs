using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Matching;

/// <summary>What a price list makes of a model's id at a provider on a day, and why.</summary>
public sealed record ModelMatch
{
    /// <summary>The id that was asked for.</summary>
    public required string Asked { get; init; }

    /// <summary>The model's id at the Claude API; null when no model was recognised.</summary>
    public required string? Model { get; init; }

    /// <summary>How it was recognised.</summary>
    public required MatchKind Kind { get; init; }

    /// <summary>Whether the model was guessed; costs from a guess are estimates.</summary>
    public bool IsGuess => Kind is MatchKind.Family or MatchKind.Newest;

    /// <summary>Whether the id itself asks for a batch (<c>:batch</c>).</summary>
    public required bool IsBatch { get; init; }

    /// <summary>The price key of the provider and place; see <see cref="PriceKeys"/>.</summary>
    public required string PriceKey { get; init; }

    /// <summary>The row; null when no model was recognised or it has no price.</summary>
    public required PriceRow? Row { get; init; }

    /// <summary>What the row's prices are multiplied by: other than 1 only when the row stands in for a missing one.</summary>
    public decimal Factor { get; init; } = 1;

    /// <summary>Why, in words a person can check.</summary>
    public required string Explanation { get; init; }
}
