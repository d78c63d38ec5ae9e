using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;

namespace CostLedger.Querying;

/// <summary>One question to <see cref="LedgerReader.Usage"/>.</summary>
/// <param name="filter">Which attempts.</param>
/// <param name="by">The dimensions.</param>
/// <param name="zone">Whose clocks.</param>
internal sealed class UsageQuery(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
{
    private readonly Dimension[] _dimensions = [.. by.Select(Grouping.DimensionOf)];

    public UsageReport Run(LedgerConnection connection)
    {
        var (low, high) = FilterCompiler.RangeOf(filter);
        var range = ScanRange.Of(connection, low, high);
        using var readers = ReaderGroup.Begin(connection, ParallelScan.ThreadsFor(range.Rows) - 1);

        // Measured again: rows may have come since, and before the snapshot.
        range = ScanRange.Of(connection, low, high);
        var selection = FilterCompiler.Compile(connection, filter);
        var sums = new UsageSums();
        foreach (var part in ParallelScan.Run(readers.Connections, range, reader => new UsageScan(reader, selection, _dimensions, zone)))
        {
            sums.Take(part);
        }

        return new UsageAnswer(by, _dimensions).Of(connection, sums);
    }
}
