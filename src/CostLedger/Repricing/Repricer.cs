using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Prices;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Storage;

namespace CostLedger.Repricing;

/// <summary>
/// Prices stored attempts again with another price list: after prices were corrected, or a model got a price. Attempts whose
/// cost stays the same are not written, and keep the version of the list that they were priced with.
/// </summary>
public sealed class Repricer
{
    /// <summary>Rows are read and written in portions of so many, so that writers wait for milliseconds at most.</summary>
    internal const int BatchSize = 500;

    private readonly string _path;
    private readonly string _version;
    private readonly Func<CallRecord, CostBreakdown> _price;
    private readonly Func<LedgerConnection, string, Func<CallRecord, CostBreakdown>?> _earlier;
    private readonly ReadOnlyMemory<byte> _priceFile;

    /// <summary>Prepares repricing.</summary>
    /// <param name="path">The ledger's file.</param>
    /// <param name="prices">The price list to price with.</param>
    public Repricer(string path, PriceBook prices)
        : this(path, VersionOf(prices), PricingBy(prices), Earlier) => _priceFile = prices.Content;

    /// <summary>Prepares repricing by any calculation.</summary>
    internal Repricer(
        string path,
        string version,
        Func<CallRecord, CostBreakdown> price,
        Func<LedgerConnection, string, Func<CallRecord, CostBreakdown>?> earlier) =>
        (_path, _version, _price, _earlier) = (path, version, price, earlier);

    /// <summary>Tells what would change and why. Writes nothing.</summary>
    /// <param name="filter">Which attempts.</param>
    /// <returns>What would change.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public RepriceReport DryRun(CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var reading = LedgerConnection.OpenForReading(_path);
        return Run(reading, filter, writer: null);
    }

    /// <summary>
    /// Writes the new costs. Others may write meanwhile. When it is interrupted, a part of the attempts has its new cost and the
    /// rest its old one, each of them whole; applying again does the rest.
    /// </summary>
    /// <param name="filter">Which attempts; those that begin while this runs are left out.</param>
    /// <returns>What has changed.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read or written.</exception>
    public RepriceReport Apply(CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var reading = LedgerConnection.OpenForReading(_path);
        using var writing = LedgerConnection.OpenForChanges(_path);
        using var writer = new CostWriter(writing);
        var report = Run(reading, filter, writer);
        if (report.Written > 0 && !_priceFile.IsEmpty)
        {
            writer.KeepPriceFile(_version, _priceFile);
        }

        return report;
    }

    private static string VersionOf(PriceBook prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return prices.Version;
    }

    private static Func<CallRecord, CostBreakdown> PricingBy(PriceBook prices) => record => prices.Price(PricingRequest.From(record));

    private static Func<CallRecord, CostBreakdown>? Earlier(LedgerConnection connection, string version) =>
        StoredPriceBook.Read(connection, version) is { } prices ? PricingBy(prices) : null;

    private RepriceReport Run(LedgerConnection reading, CallFilter filter, CostWriter? writer)
    {
        var tally = new RepriceTally(_version);
        var causes = new CauseFinder(_version, version => _earlier(reading, version));
        var rest = Begin(reading, filter);
        while (Read(reading, rest) is { Count: > 0 } batch)
        {
            var changes = Price(batch, causes, tally);
            if (changes.Count > 0 && writer is not null)
            {
                tally.AddWritten(writer.Write(changes), changes.Count);
            }

            rest = rest with { Low = new CallId(batch[^1].Id.Value + 1) };
        }

        return tally.ToReport();
    }

    // The range ends with the last attempt of now: with an open end, new ones could keep this running.
    private static Selection Begin(LedgerConnection reading, CallFilter filter)
    {
        using var snapshot = reading.BeginSnapshot();
        var selection = FilterCompiler.Compile(reading, filter);
        return CallRows.Bound(reading, selection);
    }

    private static List<CallRecord> Read(LedgerConnection reading, Selection rest)
    {
        using var snapshot = reading.BeginSnapshot();
        return [.. CallRows.Read(reading, rest, BatchSize)];
    }

    private List<(CallRecord Record, CallCost Cost)> Price(List<CallRecord> batch, CauseFinder causes, RepriceTally tally)
    {
        var changes = new List<(CallRecord, CallCost)>();
        foreach (var record in batch)
        {
            if (!CallRowReader.IsWhole(record))
            {
                tally.AddUnreadable(record.Id);
                continue;
            }

            var priced = _price(record);
            var cause = causes.Find(record, priced.Cost);
            tally.Add(record, priced.Cost, cause, priced.Reason);
            if (cause != RepriceCause.Same)
            {
                changes.Add((record, priced.Cost));
            }
        }

        return changes;
    }
}
