using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Caching.Scans;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Caching;

/// <summary>One question to <see cref="CacheQuestions.Cache"/>.</summary>
/// <param name="filter">Which attempts.</param>
/// <param name="by">The dimensions.</param>
/// <param name="zone">Whose clocks.</param>
/// <param name="choice">Which losses.</param>
internal sealed class CacheQuery(CallFilter filter, IReadOnlyList<Grouping> by, TimeZoneInfo zone, BreakChoice choice)
{
    private readonly Dimension[] _dimensions = [.. by.Select(Grouping.DimensionOf)];

    public CacheReport Run(LedgerConnection connection)
    {
        var (low, high) = FilterCompiler.RangeOf(filter);
        using var readers = ReaderGroup.Begin(connection, ParallelScan.ThreadsFor(ScanRange.Of(connection, low, high).Rows) - 1);

        // Measured within the snapshot: rows may have come before it.
        var range = ScanRange.Of(connection, low, high);
        var selection = FilterCompiler.Compile(connection, filter with { OnlyCacheBreaks = false });
        var findings = new CacheFindings(choice);
        foreach (var part in ParallelScan.Run(readers.Connections, range, reader => new CacheScan(reader, selection, _dimensions, zone, choice, filter.OnlyCacheBreaks)))
        {
            findings.Take(part);
        }

        return Report(connection, findings);
    }

    private CacheReport Report(LedgerConnection connection, CacheFindings findings)
    {
        using var names = new KeyNames(connection, by, _dimensions);
        using var strings = new StringTable(connection);
        using var losses = new LossNames(connection, strings);
        var table = new GroupTable<CacheSums>();
        table.Take(findings.Groups, names.FoldTags);
        var groups = table.Groups
            .Select(group => (Times: names.TimesOf(group.Key), Group: new CacheGroup(names.NamesOf(group.Key), TotalsOf(group.Value))))
            .ToList();
        groups.Sort((x, y) => Compare(x.Times, x.Group, y.Times, y.Group));
        var total = new CacheSums();
        foreach (var (_, sums) in table.Groups)
        {
            total.Add(sums);
        }

        return new CacheReport(
            TotalsOf(total),
            by,
            by.Count == 0 ? [] : [.. groups.Select(group => group.Group)],
            [.. ReasonsOf(findings, losses)],
            [.. findings.Worst.Losses.Select(losses.NameOf)],
            [.. PlacesOf(findings, strings)],
            [.. VerdictsOf(findings)],
            ForecastOf(findings.Forecast));
    }

    private static int Compare(long[] leftTimes, CacheGroup left, long[] rightTimes, CacheGroup right)
    {
        var order = leftTimes.AsSpan().SequenceCompareTo(rightTimes);
        order = order != 0 ? order : right.Totals.Breaks.Cost.CompareTo(left.Totals.Breaks.Cost);
        order = order != 0 ? order : right.Totals.InputCost.CompareTo(left.Totals.InputCost);
        return order != 0 ? order : KeyNames.Compare(left.Key, right.Key);
    }

    private static IEnumerable<ReasonTotals> ReasonsOf(CacheFindings findings, LossNames losses) => findings.Reasons
        .Select(r => new ReasonTotals(r.Key.Reason, r.Key.IsMissed, LossOf(r.Value.Sums), losses.NameOf(r.Value.Worst.Losses[0])))
        .OrderBy(r => r.IsMissed)
        .ThenByDescending(r => r.Loss.Cost)
        .ThenByDescending(r => r.Loss.Tokens)
        .ThenBy(r => r.Reason, StringComparer.Ordinal);

    private static IEnumerable<ProviderLoss> PlacesOf(CacheFindings findings, StringTable strings) => findings.Places
        .Select(p => new ProviderLoss(p.Key.Provider, strings[p.Key.Model], strings[p.Key.Location], p.Value.Readable, LossOf(p.Value.Lost)))
        .OrderByDescending(p => p.Loss.Count)
        .ThenByDescending(p => p.Readable)
        .ThenBy(p => p.Provider)
        .ThenBy(p => p.Model, StringComparer.Ordinal)
        .ThenBy(p => p.Location, StringComparer.Ordinal);

    private static IEnumerable<VerdictPair> VerdictsOf(CacheFindings findings) => findings.Verdicts
        .Select(v => new VerdictPair(v.Key.Ours, v.Key.Theirs, v.Value, Verdicts.Match(v.Key.Ours, v.Key.Theirs)))
        .OrderByDescending(v => v.Count)
        .ThenBy(v => v.Theirs, StringComparer.Ordinal)
        .ThenBy(v => v.Ours, StringComparer.Ordinal);

    private static ForecastAccuracy ForecastOf(ForecastSums sums) =>
        new(sums.Calls, sums.Right, sums.More, sums.Less, sums.Expected, sums.Actual);

    private static CacheLoss LossOf(LossSums sums) => new(sums.Count, sums.Tokens, sums.Cost, sums.Unpriced);

    private static CacheTotals TotalsOf(CacheSums sums)
    {
        var (rows, cost) = (sums.Rows, sums.Rows.Cost);
        return new CacheTotals
        {
            Attempts = rows.Attempts,
            UncachedTokens = rows.Input,
            ReadTokens = rows.CacheRead,
            Written5mTokens = rows.CacheWrite5m,
            Written1hTokens = rows.CacheWrite1h,
            InputCost = cost.Input + cost.CacheRead + cost.CacheWrite5m + cost.CacheWrite1h,
            WriteCost = cost.CacheWrite5m + cost.CacheWrite1h,
            Saved = new NanoUsd(rows.SavedByCache),
            Breaks = LossOf(sums.Breaks),
            Missed = LossOf(sums.Missed),
            UnpricedAttempts = rows.Unpriced,
            UntoldAttempts = sums.Untold,
        };
    }
}
