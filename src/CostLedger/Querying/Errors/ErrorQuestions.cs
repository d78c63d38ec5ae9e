using CostLedger.Storage;

namespace CostLedger.Querying.Errors;

/// <summary>Which attempts failed, and how.</summary>
public static class ErrorQuestions
{
    /// <summary>Counts failed attempts by category, error type, status and model.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which attempts. Its statuses choose among the failures and leave the number of all attempts as it is.</param>
    /// <param name="zone">The time zone that hours, days, weeks and months are cut in.</param>
    /// <returns>The failures.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static ErrorReport Errors(this LedgerReader reader, CallFilter filter, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(zone);
        return new ErrorQuery(filter, zone).Run(reader.Connection);
    }
}
