using CostLedger.Pricing;
using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Storage;

namespace CostLedger.Querying.Caching;

/// <summary>Questions to a ledger about the prompt cache.</summary>
public static class CacheQuestions
{
    /// <summary>Sums what was read, written and lost, and why.</summary>
    /// <remarks>
    /// Breaks and missed reads are those that <paramref name="choice"/> asks for; tokens, costs, the provider's losses, verdicts and
    /// forecasts are of all attempts that the filter chooses.
    /// </remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which attempts.</param>
    /// <param name="by">The dimensions; none: totals only.</param>
    /// <param name="zone">The time zone that hours, days, weeks and months are cut in.</param>
    /// <param name="choice">Which losses, and how many of them are listed; null: the 100 worst of all.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none, or a tag to group by has no key.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static CacheReport Cache(
        this LedgerReader reader, CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone, BreakChoice? choice = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(zone);
        return new CacheQuery(filter, by, zone, choice ?? new BreakChoice()).Run(reader.Connection);
    }

    /// <summary>Says what would have saved money at the prompt cache, and how much.</summary>
    /// <remarks>
    /// Looks at the last 100,000 calls that the filter chooses, and at their prompts where the ledger has them. Nothing is said that
    /// would have saved less than a cent, or than half a percent of what their input cost.
    /// </remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which calls.</param>
    /// <param name="prices">What tokens cost, where another way of caching is priced.</param>
    /// <returns>The advice.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static AdviceReport CacheAdvice(this LedgerReader reader, CallFilter filter, PriceBook prices)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(prices);
        return AdviceQuery.Run(reader.Connection, filter, prices);
    }
}
