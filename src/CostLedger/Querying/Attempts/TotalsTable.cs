using CostLedger.Querying.Retrying;
using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Attempts;

/// <summary>Turns running sums into the totals of a report.</summary>
internal static class TotalsTable
{
    /// <summary>All groups together.</summary>
    public static AttemptTotals Sum(IEnumerable<AttemptSums> groups) => groups.Select(TotalsOf).Aggregate(new AttemptTotals(), Add);

    /// <summary>The groups with their names, in the order of the report. Groups that lost all their calls are left out.</summary>
    public static IReadOnlyList<AttemptGroup> Groups(IEnumerable<KeyValuePair<long[], AttemptSums>> groups, KeyNames names)
    {
        var folded = new Dictionary<long[], AttemptTotals>(KeyComparer.Instance);
        foreach (var (key, sums) in groups)
        {
            var copy = (long[])key.Clone();
            names.FoldTags(copy);
            folded[copy] = folded.TryGetValue(copy, out var known) ? Add(known, TotalsOf(sums)) : TotalsOf(sums);
        }

        var named = folded.Where(g => g.Value.Calls > 0)
            .Select(g => (Times: names.TimesOf(g.Key), Group: new AttemptGroup(names.NamesOf(g.Key), g.Value)))
            .ToList();
        named.Sort((x, y) => Compare(x.Times, x.Group, y.Times, y.Group));
        return [.. named.Select(g => g.Group)];
    }

    /// <summary>A running sum as a value.</summary>
    public static Waste WasteOf(Loss loss) => new(loss.Attempts, loss.Time, loss.Cost, loss.Unpriced);

    private static int Compare(long[] leftTimes, AttemptGroup left, long[] rightTimes, AttemptGroup right)
    {
        var order = leftTimes.AsSpan().SequenceCompareTo(rightTimes);
        order = order != 0 ? order : right.Totals.Wasted.Cost.CompareTo(left.Totals.Wasted.Cost);
        order = order != 0 ? order : right.Totals.WastedTime.CompareTo(left.Totals.WastedTime);
        for (var i = 0; order == 0 && i < left.Key.Count; i++)
        {
            // Null after all names.
            order = left.Key[i] is null || right.Key[i] is null
                ? (left.Key[i] is null).CompareTo(right.Key[i] is null)
                : string.CompareOrdinal(left.Key[i], right.Key[i]);
        }

        return order;
    }

    private static AttemptTotals TotalsOf(AttemptSums sums) => new()
    {
        Calls = sums.Calls,
        Attempts = sums.Attempts,
        RetriedCalls = sums.RetriedCalls,
        Outcomes = sums.Outcomes,
        Cost = sums.Cost,
        Estimated = sums.Estimated,
        NearLeast = sums.NearLeast,
        Duration = sums.Duration,
        Retried = WasteOf(sums.Retried),
        Failed = WasteOf(sums.Failed),
        Abandoned = WasteOf(sums.Abandoned),
        Waited = sums.Waited,
        RetryAfter = new RetryWaits(sums.Haste.Asked, sums.Haste.Early, sums.Haste.By, sums.Haste.MostBy),
        BilledTwice = new DoubleBilling(sums.BilledTwice.Attempts, sums.BilledTwice.AtRisk, sums.BilledTwice.Unknown),
        FallbackCalls = sums.FallbackCalls,
        BegunBefore = sums.BegunBefore,
        WithoutFirst = sums.WithoutFirst,
    };

    private static AttemptTotals Add(AttemptTotals left, AttemptTotals right) => new()
    {
        Calls = left.Calls + right.Calls,
        Attempts = left.Attempts + right.Attempts,
        RetriedCalls = left.RetriedCalls + right.RetriedCalls,
        Outcomes = left.Outcomes.Concat(right.Outcomes).GroupBy(o => o.Key).Select(g => KeyValuePair.Create(g.Key, g.Sum(o => o.Value)))
            .Where(o => o.Value > 0).OrderBy(o => o.Key).ToDictionary(),
        Cost = left.Cost + right.Cost,
        Estimated = left.Estimated + right.Estimated,
        NearLeast = left.NearLeast + right.NearLeast,
        Duration = Times.Sum(left.Duration, right.Duration),
        Retried = left.Retried + right.Retried,
        Failed = left.Failed + right.Failed,
        Abandoned = left.Abandoned + right.Abandoned,
        Waited = Times.Sum(left.Waited, right.Waited),
        RetryAfter = new RetryWaits(
            left.RetryAfter.Asked + right.RetryAfter.Asked,
            left.RetryAfter.Early + right.RetryAfter.Early,
            Times.Sum(left.RetryAfter.EarlyBy, right.RetryAfter.EarlyBy),
            left.RetryAfter.MostEarlyBy > right.RetryAfter.MostEarlyBy ? left.RetryAfter.MostEarlyBy : right.RetryAfter.MostEarlyBy),
        BilledTwice = new DoubleBilling(
            left.BilledTwice.Attempts + right.BilledTwice.Attempts,
            left.BilledTwice.AtRisk + right.BilledTwice.AtRisk,
            left.BilledTwice.Unknown + right.BilledTwice.Unknown),
        FallbackCalls = left.FallbackCalls + right.FallbackCalls,
        BegunBefore = left.BegunBefore + right.BegunBefore,
        WithoutFirst = left.WithoutFirst + right.WithoutFirst,
    };
}
