namespace CostLedger.Querying;

/// <summary>An answer to "how much, by what".</summary>
/// <param name="Totals">The sums over everything.</param>
/// <param name="By">The dimensions.</param>
/// <param name="Groups">The groups, sorted by their time dimensions first, then by cost, greatest first.</param>
/// <param name="PriceVersions">The versions of the price lists that the costs come from.</param>
public sealed record UsageReport(
    UsageTotals Totals,
    IReadOnlyList<Grouping> By,
    IReadOnlyList<UsageGroup> Groups,
    IReadOnlyList<string> PriceVersions);
