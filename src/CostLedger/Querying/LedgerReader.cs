using CostLedger.Pricing;
using CostLedger.Querying.Files;
using CostLedger.Querying.Prices;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Storage;

namespace CostLedger.Querying;

/// <summary>
/// Reads a ledger. Never blocks writers; sees what was committed when each question began. For one thread at a time.
/// </summary>
public sealed class LedgerReader : IDisposable
{
    private readonly LedgerConnection _connection;

    /// <summary>The connection, for questions of rooms to the right.</summary>
    internal LedgerConnection Connection => _connection;

    private LedgerReader(LedgerConnection connection) => _connection = connection;

    /// <summary>The ledger's file.</summary>
    public string Path => _connection.Path;

    /// <summary>Opens a ledger for reading. Spool files and notes of interrupted calls found beside it are taken in first.</summary>
    /// <param name="path">The ledger's file.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="LedgerException">The ledger does not exist, cannot be read, or is newer than this program.</exception>
    public static LedgerReader Open(string path)
    {
        var connection = LedgerConnection.OpenForReading(path);
        Leftovers.TakeIn(path);
        return new LedgerReader(connection);
    }

    /// <summary>Sums attempts.</summary>
    /// <remarks>
    /// A group's key has one name per dimension: an hour is <c>2026-11-01T13:00+01:00</c>, so that an hour which a clock goes
    /// through twice is two; a day is <c>2026-11-01</c>, an ISO 8601 week <c>2026-W44</c>, a month <c>2026-11</c>; providers and
    /// outcomes have their names, all else the texts stored. Hours, days, weeks and months without attempts have no group.
    /// Attempts without a cost count in <see cref="UsageTotals.UnpricedCalls"/>. Token sums that would be beyond a long stay there.
    /// </remarks>
    /// <param name="filter">Which attempts.</param>
    /// <param name="by">The dimensions; none: totals only.</param>
    /// <param name="zone">The time zone that hours, days, weeks and months are cut in.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none, or a tag to group by has no key.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public UsageReport Usage(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(zone);
        return new UsageQuery(filter, by, zone).Run(_connection);
    }

    /// <summary>Lists attempts, oldest first.</summary>
    /// <remarks>Every enumeration reads anew, one attempt at a time. End or dispose it: until then the ledger's log cannot shrink.</remarks>
    /// <param name="filter">Which attempts.</param>
    /// <param name="last">At most so many, the last ones; null: all.</param>
    /// <returns>The attempts, read as they are enumerated.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none; thrown by the enumeration.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read; thrown by the enumeration.</exception>
    public IEnumerable<CallRecord> Calls(CallFilter filter, int? last = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Enumerate(filter, last);
    }

    /// <summary>Finds attempts by the ledger's id or a beginning of it (4 characters or more), the message id, or the request id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>At most ten attempts, oldest first.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public IReadOnlyList<CallRecord> Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        using var snapshot = _connection.BeginSnapshot();
        return CallRows.Find(_connection, id);
    }

    /// <summary>The price list of a version that stored costs were computed with, as it was then.</summary>
    /// <param name="version">The version.</param>
    /// <returns>The price list; null when the ledger does not hold it.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read, or the price list in it is damaged.</exception>
    public PriceBook? PriceBook(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return StoredPriceBook.Read(_connection, version);
    }

    /// <summary>Examines the ledger. Reads all of it.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public LedgerHealth Check()
    {
        using var snapshot = _connection.BeginSnapshot();
        return new HealthCheck(_connection).Run();
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // A connection of its own, so that other questions can be asked between two attempts.
    private IEnumerable<CallRecord> Enumerate(CallFilter filter, int? last)
    {
        using var connection = LedgerConnection.OpenForReading(Path);
        using var snapshot = connection.BeginSnapshot();
        var selection = FilterCompiler.Compile(connection, filter);
        selection = last is { } count ? CallRows.Last(connection, selection, count) : selection;
        foreach (var record in CallRows.Read(connection, selection))
        {
            yield return record;
        }
    }
}
