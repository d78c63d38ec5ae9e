namespace CostLedger.Pricing.Rows;

/// <summary>How refusals before any output were billed in a period.</summary>
/// <param name="From">The first UTC day; null for always before.</param>
/// <param name="Until">The first UTC day that is no longer in it; null while it lasts.</param>
/// <param name="Billed">The refusal categories that are billed like an answer.</param>
/// <param name="Unbilled">The refusal categories that are free; null for all others. A refusal without a category is free.</param>
public sealed record RefusalPeriod(
    DateOnly? From,
    DateOnly? Until,
    IReadOnlyList<string> Billed,
    IReadOnlyList<string>? Unbilled);
