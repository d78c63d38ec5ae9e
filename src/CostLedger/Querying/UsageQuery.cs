using CostLedger.Querying.Reading;
using CostLedger.Querying.Summing;
using CostLedger.Records;

namespace CostLedger.Querying;

/// <summary>One question to <see cref="LedgerReader.Usage"/>.</summary>
/// <param name="filter">Which attempts.</param>
/// <param name="by">The dimensions.</param>
/// <param name="zone">Whose clocks.</param>
internal sealed class UsageQuery(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
{
    private const string TagSetColumn = "c.tag_set";

    private readonly Dimension[] _dimensions = [.. by.Select(DimensionOf)];

    public UsageReport Run(LedgerConnection connection)
    {
        var (low, high) = FilterCompiler.RangeOf(filter);
        var range = ScanRange.Of(connection, low, high);
        using var readers = ReaderGroup.Begin(connection, ParallelScan.ThreadsFor(range.Rows) - 1);

        // Measured again: rows may have come since, and before the snapshot.
        range = ScanRange.Of(connection, low, high);
        var selection = FilterCompiler.Compile(connection, filter);
        var sums = ParallelScan.Run(readers.Connections, range, reader => new UsageScan(reader, selection, _dimensions, zone));
        return Report(connection, sums);
    }

    /// <summary>What a dimension's numbers come from.</summary>
    /// <exception cref="ArgumentException">A tag has no key.</exception>
    internal static Dimension DimensionOf(Grouping grouping) => grouping.Kind switch
    {
        GroupKind.Hour => Dimension.Of(TimeUnit.Hour),
        GroupKind.Day => Dimension.Of(TimeUnit.Day),
        GroupKind.Week => Dimension.Of(TimeUnit.Week),
        GroupKind.Month => Dimension.Of(TimeUnit.Month),
        GroupKind.Model => new Dimension("c.model"),
        GroupKind.Provider => new Dimension("c.provider"),
        GroupKind.Session => new Dimension("c.session"),
        GroupKind.Tag when grouping.TagKey is not null => new Dimension(TagSetColumn),
        GroupKind.Tag => throw new ArgumentException("Grouping by a tag needs the tag's key.", nameof(grouping)),
        GroupKind.Status => new Dimension("c.outcome"),
        GroupKind.StopReason => new Dimension("c.stop_reason"),
        GroupKind.Error => new Dimension("c.error_type"),
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping.Kind, "Not a dimension."),
    };

    private UsageReport Report(LedgerConnection connection, SumTable sums)
    {
        var total = new RowSums();
        foreach (var (_, group) in sums.Groups)
        {
            total.Add(group);
        }

        return new UsageReport(TotalsOf(total), by, by.Count == 0 ? [] : GroupsOf(connection, sums), VersionsOf(connection, sums));
    }

    private List<UsageGroup> GroupsOf(LedgerConnection connection, SumTable sums)
    {
        using var names = new KeyNames(connection, by, _dimensions);
        var table = new SumTable();
        table.Add(sums, names.FoldTags);
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
        for (var i = 0; order == 0 && i < left.Key.Count; i++)
        {
            // Null after all names.
            order = left.Key[i] is null || right.Key[i] is null
                ? (left.Key[i] is null).CompareTo(right.Key[i] is null)
                : string.CompareOrdinal(left.Key[i], right.Key[i]);
        }

        return order;
    }

    private static List<string> VersionsOf(LedgerConnection connection, SumTable sums)
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
        FirstContent = Microseconds(sums.FirstContentUs),
        FirstContentCalls = sums.FirstContentCalls,
        Duration = Microseconds(sums.DurationUs),
    };

    // A sum that stopped at its limit must not stop the report either.
    private static TimeSpan Microseconds(long value) => Math.Abs(value / 2) > TimeSpan.MaxValue.Ticks / 2 / TimeSpan.TicksPerMicrosecond
        ? TimeSpan.MaxValue
        : TimeSpan.FromMicroseconds(value);
}
