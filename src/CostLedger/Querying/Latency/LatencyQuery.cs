using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Latency;

/// <summary>One question to <see cref="LatencyQuestions.Latency"/>.</summary>
/// <param name="filter">Which attempts.</param>
/// <param name="by">The dimensions.</param>
/// <param name="zone">Whose clocks.</param>
internal sealed class LatencyQuery(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone)
{
    private readonly Dimension[] _dimensions = [.. by.Select(Grouping.DimensionOf)];

    public LatencyReport Run(LedgerConnection connection)
    {
        var (low, high) = FilterCompiler.RangeOf(filter);
        using var readers = ReaderGroup.Begin(connection, ParallelScan.ThreadsFor(ScanRange.Of(connection, low, high).Rows) - 1);

        // Measured within the snapshot: rows may have come before it.
        var range = ScanRange.Of(connection, low, high);
        var selection = FilterCompiler.Compile(connection, filter);
        var findings = new LatencyFindings();
        foreach (var part in ParallelScan.Run(readers.Connections, range, reader => new LatencyScan(reader, selection, _dimensions, zone)))
        {
            findings.Take(part);
        }

        return Report(connection, findings);
    }

    private LatencyReport Report(LedgerConnection connection, LatencyFindings findings)
    {
        using var names = new KeyNames(connection, by, _dimensions);
        var table = new GroupTable<LatencySums>();
        table.Take(findings.Groups, names.FoldTags);
        var groups = table.Groups
            .Select(group => (Times: names.TimesOf(group.Key), Group: new LatencyGroup(names.NamesOf(group.Key), TotalsOf(group.Value))))
            .ToList();
        groups.Sort((x, y) => Compare(x.Times, x.Group, y.Times, y.Group));
        var total = new LatencySums();
        foreach (var (_, sums) in table.Groups)
        {
            total.Add(sums);
        }

        return new LatencyReport(
            TotalsOf(total),
            by,
            by.Count == 0 ? [] : [.. groups.Select(group => group.Group)],
            [.. CallRows.Read(connection, findings.Slowest.Ids)])
        {
            Durations = Measured.Counts(total.Duration),
        };
    }

    private static int Compare(long[] leftTimes, LatencyGroup left, long[] rightTimes, LatencyGroup right)
    {
        var order = leftTimes.AsSpan().SequenceCompareTo(rightTimes);
        order = order != 0 ? order : right.Totals.Answers.CompareTo(left.Totals.Answers);
        return order != 0 ? order : KeyNames.Compare(left.Key, right.Key);
    }

    private static LatencyTotals TotalsOf(LatencySums sums) => new()
    {
        Answers = sums.Duration.Count,
        Streamed = sums.Streamed,
        Failed = sums.Failed,
        Canceled = sums.Canceled,
        Duration = Measured.Time(sums.Duration),
        Headers = Measured.Time(sums.Headers),
        FirstEvent = Measured.Time(sums.FirstEvent),
        FirstToken = Measured.Time(sums.FirstToken),
        LongestGap = Measured.Time(sums.LongestGap),
        OutputTokensPerSecond = Measured.Of(sums.Rate, static rate => rate / (decimal)LatencySums.RateScale),
        FailedDuration = Measured.Time(sums.FailedDuration),
        RequestBytes = sums.RequestBytes,
        ResponseBytes = sums.ResponseBytes,
        ObservedConnections = sums.ObservedConnections,
        ReusedConnections = sums.ReusedConnections,
    };
}
