using CostLedger.Pricing;
using CostLedger.Records;

namespace CostLedger.Querying;

/// <summary>Reads a ledger. Never blocks writers; sees what was committed when each question began.</summary>
public sealed class LedgerReader : IDisposable
{
    /// <summary>Opens a ledger for reading. Spool files and notes of interrupted calls found beside it are taken in first.</summary>
    /// <param name="path">The ledger's file.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="CostLedger.Storage.LedgerException">The ledger does not exist, cannot be read, or is newer than this program.</exception>
    public static LedgerReader Open(string path) => throw new NotSupportedException();

    /// <summary>Sums attempts.</summary>
    /// <param name="filter">Which attempts.</param>
    /// <param name="by">The dimensions; none: totals only.</param>
    /// <param name="zone">The time zone that hours, days, weeks and months are cut in.</param>
    /// <returns>The sums.</returns>
    public UsageReport Usage(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone) => throw new NotSupportedException();

    /// <summary>Lists attempts, oldest first.</summary>
    /// <param name="filter">Which attempts.</param>
    /// <param name="last">At most so many, the last ones; null: all.</param>
    /// <returns>The attempts, read as they are enumerated.</returns>
    public IEnumerable<CallRecord> Calls(CallFilter filter, int? last = null) => throw new NotSupportedException();

    /// <summary>Finds attempts by the ledger's id or a beginning of it (4 characters or more), the message id, or the request id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>At most ten attempts, oldest first.</returns>
    public IReadOnlyList<CallRecord> Find(string id) => throw new NotSupportedException();

    /// <summary>The price list of a version that stored costs were computed with, as it was then.</summary>
    /// <param name="version">The version.</param>
    /// <returns>The price list; null when the ledger does not hold it.</returns>
    public PriceBook? PriceBook(string version) => throw new NotSupportedException();

    /// <summary>Examines the ledger.</summary>
    /// <returns>What was found.</returns>
    public LedgerHealth Check() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException();
}
