using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;
using CostLedger.Records;
using CostLedger.Records.Errors;

namespace CostLedger.Querying.Errors;

/// <summary>One question to <see cref="ErrorQuestions.Errors"/>.</summary>
/// <param name="filter">Which attempts.</param>
/// <param name="zone">Whose clocks.</param>
internal sealed class ErrorQuery(CallFilter filter, TimeZoneInfo zone)
{
    private const int MostExamples = 10;

    // Keys of a later time, which only a damaged row can have, have none that can be written.
    private static readonly CallId Latest = CallId.FirstAt(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));

    // Who retries later than this after the period begins anew.
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(1);

    public ErrorReport Run(LedgerConnection connection)
    {
        var (low, high) = FilterCompiler.RangeOf(filter);
        high = high < Latest ? high : Latest;
        using var readers = ReaderGroup.Begin(connection, ParallelScan.ThreadsFor(ScanRange.Of(connection, low, high).Rows) - 1);

        // Measured within the snapshot: rows may have come before it.
        var range = ScanRange.Of(connection, low, high);
        if (range.High <= range.Low)
        {
            return new ErrorReport();
        }

        var (first, last) = (range.Low.Time, new CallId(range.High.Value - 1).Time);
        var unit = ErrorSlots.UnitFor(last - first);
        var attempts = CountAttempts(connection, readers, range, unit);
        var findings = FindErrors(connection, readers, range, unit);
        var groups = GroupsOf(connection, findings);
        return new ErrorReport
        {
            Attempts = attempts.Values.Sum(),
            Totals = Sum(groups.Where(g => g.Category != ErrorCategory.Canceled)),
            Categories = [.. groups.GroupBy(g => g.Category).OrderBy(g => g.Key).Select(g => KeyValuePair.Create(g.Key, Sum(g)))],
            Groups = [.. groups.Select(g => new ErrorGroup(g.Category, g.ErrorType, g.HttpStatus, g.Model, g.Sums.ToTotals(), g.Sums.Worst))],
            Unit = ErrorSlots.KindOf(unit),
            Slots =
            [
                .. ErrorSlots.Between(first, last, unit, zone).Select(slot => new ErrorSlot(
                    TimeSlots.Name(unit, slot), attempts.GetValueOrDefault(slot), findings.FailedAt.GetValueOrDefault(slot))),
            ],
            Examples = [.. CallRows.Read(connection, groups.Take(MostExamples).Select(g => g.Sums.Worst))],
        };
    }

    private static ErrorTotals Sum(IEnumerable<Group> groups)
    {
        var sum = new ErrorSums();
        foreach (var group in groups)
        {
            sum.Add(group.Sums);
        }

        return sum.ToTotals();
    }

    // A share of failures is of all attempts, not of those with the same status.
    private Dictionary<long, long> CountAttempts(LedgerConnection connection, ReaderGroup readers, ScanRange range, TimeUnit unit)
    {
        var selection = FilterCompiler.Compile(connection, filter with { Statuses = [] });
        var counts = new Dictionary<long, long>();
        foreach (var part in ParallelScan.Run(readers.Connections, range, reader => new UsageScan(reader, selection, [Dimension.Of(unit)], zone)))
        {
            foreach (var (key, sums) in part.Groups.Groups)
            {
                counts[key[0]] = counts.GetValueOrDefault(key[0]) + sums.Attempts;
            }
        }

        return counts;
    }

    private ErrorFindings FindErrors(LedgerConnection connection, ReaderGroup readers, ScanRange range, TimeUnit unit)
    {
        var selection = FilterCompiler.Compile(connection, filter);
        var longer = ScanRange.Of(connection, range.Low, CallId.FirstAt(range.High.Time + Aftermath));
        var successes = SuccessScan.Merge(ParallelScan.Run(readers.Connections, longer, reader => new SuccessScan(reader)));
        var findings = new ErrorFindings();
        foreach (var part in ParallelScan.Run(readers.Connections, range, reader => new ErrorScan(reader, selection, unit, zone, successes)))
        {
            findings.Take(part);
        }

        return findings;
    }

    // Outcomes that are of one category, for example two kinds of time limit, become one group.
    private static List<Group> GroupsOf(LedgerConnection connection, ErrorFindings findings)
    {
        using var strings = new StringTable(connection);
        var groups = new List<Group>();
        foreach (var ((category, status, type, model), alike) in findings.Groups.Groups.GroupBy(g => KindOf(g.Key)).Select(g => (g.Key, g)))
        {
            var sums = new ErrorSums();
            foreach (var (_, part) in alike)
            {
                sums.Add(part);
            }

            groups.Add(new Group(category, strings[type], status == 0 ? null : (int)status, strings[model], sums));
        }

        groups.Sort(Compare);
        return groups;

        (ErrorCategory Category, long Status, long Type, long Model) KindOf(long[] key)
        {
            var category = ErrorCategories.Of((CallOutcome)key[0], key[1] == 0 ? null : (int)key[1], strings[key[2]]) ?? ErrorCategory.Client;
            return (category, key[1], key[2], key[3]);
        }
    }

    private static int Compare(Group left, Group right)
    {
        var order = right.Sums.Count.CompareTo(left.Sums.Count);
        order = order != 0 ? order : left.Category.CompareTo(right.Category);
        order = order != 0 ? order : (left.HttpStatus ?? 0).CompareTo(right.HttpStatus ?? 0);
        return order != 0 ? order : KeyNames.Compare([left.ErrorType, left.Model], [right.ErrorType, right.Model]);
    }

    private sealed record Group(ErrorCategory Category, string? ErrorType, int? HttpStatus, string? Model, ErrorSums Sums);
}
