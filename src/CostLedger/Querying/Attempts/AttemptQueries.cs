using CostLedger.Storage;

namespace CostLedger.Querying.Attempts;

/// <summary>Questions to a ledger about attempts.</summary>
public static class AttemptQueries
{
    /// <summary>Puts the attempts of each logical call together, and sums what was wasted.</summary>
    /// <remarks>
    /// A call is counted when one of its attempts is in the period and matches the filter; then all its attempts are, also those
    /// within an hour before and after the period. Its group is that of its first attempt; its status and stop reason are those of
    /// the attempt whose answer was used, else of the last; its error is the first.
    /// </remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which attempts.</param>
    /// <param name="by">The dimensions; none: totals only.</param>
    /// <param name="zone">The time zone that hours, days, weeks and months are cut in.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none, or a tag to group by has no key.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static AttemptReport Attempts(this LedgerReader reader, CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(zone);
        return new AttemptQuery(filter, by, zone).Run(reader.Connection);
    }
}
