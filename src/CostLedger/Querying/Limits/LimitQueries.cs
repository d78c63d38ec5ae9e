using CostLedger.Storage;

namespace CostLedger.Querying.Limits;

/// <summary>Questions to a ledger about rate limits.</summary>
public static class LimitQueries
{
    /// <summary>What responses told of rate limits, what is left of them, and when they run out.</summary>
    /// <remarks>
    /// Of the filter, the period, the models and the providers choose limits: a limit has no session, conversation, tags or status.
    /// All of it chooses the attempts that were refused. Minutes that the period cuts in two are in it.
    /// </remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">The period, the models and the providers.</param>
    /// <param name="now">The present: the report's end, unless the filter's is earlier.</param>
    /// <returns>The limits.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static LimitReport Limits(this LedgerReader reader, CallFilter filter, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        return new LimitQuery(filter, now).Run(reader.Connection);
    }
}
