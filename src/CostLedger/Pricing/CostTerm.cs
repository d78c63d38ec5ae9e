namespace CostLedger.Pricing;

/// <summary>One line of the sum that explains a cost: <c>quantity × price × factors = amount</c>.</summary>
/// <param name="Class">The class it belongs to: <c>input</c>, <c>output</c>, <c>cache_read</c>, <c>cache_write_5m</c>, <c>cache_write_1h</c>, <c>server_tools</c>.</param>
/// <param name="Quantity">The number of tokens or uses.</param>
/// <param name="Price">Dollars per million tokens, or per thousand uses.</param>
/// <param name="Per">What <paramref name="Price"/> is for: 1,000,000 tokens or 1,000 uses.</param>
/// <param name="Factors">The multipliers, for example <c>geo us × 1.1</c>.</param>
/// <param name="ExactNanoUsd">The term's exact amount in nano-dollars, before the class is rounded.</param>
/// <param name="Source">The price row it comes from and what part of the call it is, for example <c>claude-opus-5 anthropic from 2026-07-24</c>.</param>
public sealed record CostTerm(
    string Class,
    long Quantity,
    decimal Price,
    long Per,
    IReadOnlyList<CostFactor> Factors,
    decimal ExactNanoUsd,
    string Source)
{
    /// <summary>The iteration it belongs to, by type and place, for example <c>compaction 1</c>; null where there are no iterations.</summary>
    public string? Part { get; init; }
}
