namespace CostLedger.Pricing.Rows;

/// <summary>A time in which fast mode (<c>speed: fast</c>) had these prices.</summary>
public sealed record FastPeriod
{
    /// <summary>The first UTC day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The first UTC day that is no longer in it; null while it lasts.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The prices, whatever the length of the prompt, unless a band says otherwise.</summary>
    public required TokenPrices Standard { get; init; }

    /// <summary>Prices of long prompts in fast mode, by rising length; empty when there are none.</summary>
    public IReadOnlyList<PriceBand> LongContext { get; init; } = [];

    /// <summary>How sure the figures are.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>A remark; null when there is none.</summary>
    public string? Note { get; init; }

    /// <summary>Whether a day is in it.</summary>
    /// <param name="day">The UTC day.</param>
    /// <returns>True from the first day until the day before <see cref="Until"/>.</returns>
    public bool Covers(DateOnly day) => day >= From && (Until is null || day < Until);
}
