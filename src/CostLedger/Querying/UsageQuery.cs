using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;
using CostLedger.Records;

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

        return Report(connection, sums);
    }

    /// <summary>Turns what scans found into a report with names.</summary>
    public UsageReport Report(LedgerConnection connection, UsageSums sums)
    {
        var total = new RowSums();
        foreach (var (_, group) in sums.Groups.Groups)
        {
            total.Add(group);
        }

        return new UsageReport(TotalsOf(total), by, by.Count == 0 ? [] : GroupsOf(connection, sums), VersionsOf(connection, sums));
    }

    private List<UsageGroup> GroupsOf(LedgerConnection connection, UsageSums sums)
    {
        using var names = new KeyNames(connection, by, _dimensions);
        var table = new GroupTable<RowSums>();
        table.Take(sums.Groups, names.FoldTags);
        var groups = table.Groups
            .Select(group => (Times: names.TimesOf(group.Key), Group: new UsageGroup(names.NamesOf(group.Key), TotalsOf(group.Value))))
            .ToList();
        groups.Sort((x, y) => Compare(x.Times, x.Group, y.Times, y.Group));
        return [.. groups.Select(group => group.Group)];
    }

    private static int Compare(long[] leftTimes, UsageGroup left, long[] rightTimes, UsageGroup right)
    {
        var order = leftTimes.AsSpan().SequenceCompareTo(rightTimes);
        order = order != 0 ? order : right.Totals.Cost.Total.CompareTo(left.Totals.Cost.Total);
        return order != 0 ? order : KeyNames.Compare(left.Key, right.Key);
    }

    private static List<string> VersionsOf(LedgerConnection connection, UsageSums sums)
    {
        using var find = connection.Prepare("SELECT version FROM price_books WHERE id = ?1");
        var versions = new List<string>();
        foreach (var id in sums.PriceBooks)
        {
            find.Bind(1, id);
            if (find.Step() && find.Text(0) is { } version)
            {
                versions.Add(version);
            }

            find.Reset();
        }

        versions.Sort(StringComparer.Ordinal);
        return versions;
    }

    private static UsageTotals TotalsOf(RowSums sums) => new()
    {
        Calls = sums.Calls,
        Attempts = sums.Attempts,
        Errors = sums.Errors,
        InputTokens = sums.Input,
        OutputTokens = sums.Output,
        ThinkingTokens = sums.Thinking,
        CacheReadInputTokens = sums.CacheRead,
        CacheCreation5mInputTokens = sums.CacheWrite5m,
        CacheCreation1hInputTokens = sums.CacheWrite1h,
        WebSearchRequests = sums.WebSearches,
        Cost = sums.Cost,
        SavedByCache = new NanoUsd(sums.SavedByCache),
        UnpricedCalls = sums.Unpriced,
        EstimatedCalls = sums.Estimated,
        NearLeastCalls = sums.NearLeast,
        FirstContent = Microseconds(sums.FirstContentUs),
        FirstContentCalls = sums.FirstContentCalls,
        Duration = Microseconds(sums.DurationUs),
    };

    // A sum that stopped at its limit must not stop the report either.
    private static TimeSpan Microseconds(long value) => Math.Abs(value / 2) > TimeSpan.MaxValue.Ticks / 2 / TimeSpan.TicksPerMicrosecond
        ? TimeSpan.MaxValue
        : TimeSpan.FromMicroseconds(value);
}
