using CostLedger.Querying.Latency;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Overviews;

/// <summary>One question to <see cref="OverviewQuestions.Overview"/>.</summary>
internal sealed class OverviewQuery(OverviewQuestion question)
{
    public Overview Run(LedgerConnection connection)
    {
        var (low, high) = FilterCompiler.RangeOf(question.Filter);
        using var readers = ReaderGroup.Begin(connection, ParallelScan.ThreadsFor(ScanRange.Of(connection, low, high).Rows) - 1);

        // Measured within the snapshot: rows may have come before it.
        var range = ScanRange.Of(connection, low, high);
        var selection = FilterCompiler.Compile(connection, question.Filter);
        var findings = new OverviewFindings(question);
        foreach (var part in ParallelScan.Run(
            readers.Connections, range, reader => new OverviewScan(reader, selection, question)))
        {
            findings.Take(part);
        }

        return new Overview(
            [.. question.Usage.Select((by, i) => new UsageQuery(question.Filter, by, question.Zone).Report(connection, findings.Usage[i]))],
            [.. question.Latency.Select((by, i) => LatencyOf(connection, by, findings.Latency[i]))],
            CallRows.Read(connection, findings.Dearest.Ids),
            CallRows.Read(connection, findings.Slowest.Ids));
    }

    private static LatencyReport LatencyOf(LedgerConnection connection, IReadOnlyList<Grouping> by, GroupTable<TimeSums> found)
    {
        using var names = new KeyNames(connection, by, [.. by.Select(Grouping.DimensionOf)]);
        var table = new GroupTable<TimeSums>();
        table.Take(found, names.FoldTags);
        var total = new TimeSums();
        foreach (var (_, sums) in table.Groups)
        {
            total.Add(sums);
        }

        var groups = table.Groups
            .Select(group => (Times: names.TimesOf(group.Key), Group: new LatencyGroup(names.NamesOf(group.Key), group.Value.ToTotals())))
            .Where(group => group.Group.Totals is not { Answers: 0, Failed: 0, Canceled: 0 })
            .ToList();
        groups.Sort((x, y) => Compare(x.Times, x.Group, y.Times, y.Group));
        return new LatencyReport(total.ToTotals(), by, by.Count == 0 ? [] : [.. groups.Select(group => group.Group)], []) { Durations = total.Durations() };
    }

    private static int Compare(long[] leftTimes, LatencyGroup left, long[] rightTimes, LatencyGroup right)
    {
        var order = leftTimes.AsSpan().SequenceCompareTo(rightTimes);
        order = order != 0 ? order : right.Totals.Answers.CompareTo(left.Totals.Answers);
        return order != 0 ? order : KeyNames.Compare(left.Key, right.Key);
    }
}
