using CostLedger.Querying.Caching.Findings;

namespace CostLedger.Querying.Caching;

/// <summary>An answer to "what did the prompt cache save, and what was lost of it".</summary>
/// <param name="Totals">The sums over all attempts.</param>
/// <param name="By">The dimensions.</param>
/// <param name="Groups">The groups, sorted by their time dimensions first, then by the money lost and the cost of input, greatest first.</param>
/// <param name="Reasons">Breaks and missed reads by reason, the dearest first.</param>
/// <param name="Breaks">The worst breaks: money first, then tokens.</param>
/// <param name="Provider">What providers lost by themselves, by provider, model and location, most calls first.</param>
/// <param name="Verdicts">Our diagnosis beside the provider's own, where there is one; most calls first.</param>
/// <param name="Forecast">How near forecasts came.</param>
public sealed record CacheReport(
    CacheTotals Totals,
    IReadOnlyList<Grouping> By,
    IReadOnlyList<CacheGroup> Groups,
    IReadOnlyList<ReasonTotals> Reasons,
    IReadOnlyList<FoundBreak> Breaks,
    IReadOnlyList<ProviderLoss> Provider,
    IReadOnlyList<VerdictPair> Verdicts,
    ForecastAccuracy Forecast)
{
    /// <summary>Calls on which both diagnoses say the same, over those that can be compared, 0 to 1; null where none can.</summary>
    public decimal? Agreement
    {
        get
        {
            var (agreeing, compared) = (Count(VerdictMatch.Agrees), Count(VerdictMatch.Agrees) + Count(VerdictMatch.Disagrees));
            return compared > 0 ? (decimal)agreeing / compared : null;
        }
    }

    private long Count(VerdictMatch match) => Verdicts.Where(v => v.Match == match).Sum(v => v.Count);
}
