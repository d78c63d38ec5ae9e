using CostLedger.Storage;

namespace CostLedger.Querying.Latency;

/// <summary>How long answers took.</summary>
public static class LatencyQuestions
{
    /// <summary>Measures attempts that ask for generation (Messages, Converse), each by itself: a retry is another attempt.</summary>
    /// <remarks>
    /// Memory is bounded by the number of groups, not of attempts, once a group holds more than 16,384 answers: about 0.5 MB a group.
    /// </remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which attempts.</param>
    /// <param name="by">The dimensions; none: totals only. Keys are those of <see cref="LedgerReader.Usage"/>.</param>
    /// <param name="zone">The time zone that hours, days, weeks and months are cut in.</param>
    /// <returns>The percentiles.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none, or a tag to group by has no key.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static LatencyReport Latency(this LedgerReader reader, CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(zone);
        return new LatencyQuery(filter, by, zone).Run(reader.Connection);
    }
}
