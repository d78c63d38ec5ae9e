using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Matching;

/// <summary>The way from a call's model and place to its price rows. It does not depend on the day.</summary>
internal sealed record PriceRoute
{
    public required NameMatch Name { get; init; }

    public required PlaceRule Place { get; init; }

    /// <summary>The rows by date; empty when there is no price.</summary>
    public required IReadOnlyList<PriceRow> Rows { get; init; }

    /// <summary>The rows' names, in the same order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether an id of the call asks for a batch.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether the rows stand in for those of a provider that has none.</summary>
    public bool IsSubstitute { get; init; }

    /// <summary>What the rows' prices are multiplied by when they stand in.</summary>
    public decimal Factor { get; init; } = 1;

    /// <summary>Whether the place costs more than the global one.</summary>
    public bool IsPremium { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Explanation { get; init; }

    /// <summary>
    /// The row of a day. Before the first period it is the first row, after the last (or in a gap) the one before: a price
    /// near the day says more than none, and the caller marks it.
    /// </summary>
    public int IndexOn(DateOnly day)
    {
        var index = Rows.Count - 1;
        while (index > 0 && Rows[index].From > day)
        {
            index--;
        }

        return index;
    }
}
