using CostLedger.Querying;
using CostLedger.Records;

namespace CostReport.Cli.Reports;

/// <summary>Arithmetic with sums over attempts.</summary>
internal static class Totals
{
    /// <summary>The sum of two groups that have no attempt in common. Counts and times stay at their limits rather than failing a report.</summary>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static UsageTotals Add(UsageTotals left, UsageTotals right) => new()
    {
        Calls = Sum(left.Calls, right.Calls),
        Attempts = Sum(left.Attempts, right.Attempts),
        Errors = Sum(left.Errors, right.Errors),
        InputTokens = Sum(left.InputTokens, right.InputTokens),
        OutputTokens = Sum(left.OutputTokens, right.OutputTokens),
        ThinkingTokens = Sum(left.ThinkingTokens, right.ThinkingTokens),
        CacheReadInputTokens = Sum(left.CacheReadInputTokens, right.CacheReadInputTokens),
        CacheCreation5mInputTokens = Sum(left.CacheCreation5mInputTokens, right.CacheCreation5mInputTokens),
        CacheCreation1hInputTokens = Sum(left.CacheCreation1hInputTokens, right.CacheCreation1hInputTokens),
        WebSearchRequests = Sum(left.WebSearchRequests, right.WebSearchRequests),
        Cost = left.Cost + right.Cost,
        SavedByCache = left.SavedByCache + right.SavedByCache,
        UnpricedCalls = Sum(left.UnpricedCalls, right.UnpricedCalls),
        EstimatedCalls = Sum(left.EstimatedCalls, right.EstimatedCalls),
        NearLeastCalls = Sum(left.NearLeastCalls, right.NearLeastCalls),
        FirstContent = Sum(left.FirstContent, right.FirstContent),
        FirstContentCalls = Sum(left.FirstContentCalls, right.FirstContentCalls),
        Duration = Sum(left.Duration, right.Duration),
    };

    /// <summary>Sums groups that agree in some dimensions.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="dimensions">The places of the dimensions in their keys.</param>
    /// <returns>One group for each value, in the order in which the values first come.</returns>
    public static IReadOnlyList<UsageGroup> Fold(IEnumerable<UsageGroup> groups, params int[] dimensions)
    {
        // Classes alone: what is generic over tuples is compiled anew in every process.
        var order = new List<string>();
        var sums = new Dictionary<string, UsageGroup>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var values = Array.ConvertAll(dimensions, dimension => group.Key[dimension]);
            var name = string.Concat(Array.ConvertAll(values, NameOf));
            if (!sums.TryGetValue(name, out var sum))
            {
                order.Add(name);
            }

            sums[name] = new UsageGroup(values, sum is null ? group.Totals : Add(sum.Totals, group.Totals));
        }

        return order.ConvertAll(name => sums[name]);
    }

    /// <summary>Groups by cost, greatest first; of equal cost, the busiest first.</summary>
    public static IReadOnlyList<UsageGroup> ByCost(IEnumerable<UsageGroup> groups) =>
        [.. groups.OrderByDescending(g => g.Totals.Cost.Total).ThenByDescending(g => g.Totals.Attempts).ThenBy(g => g.Key[0], StringComparer.Ordinal)];

    /// <summary>The whole prompt, of every class.</summary>
    public static long Prompt(this UsageTotals totals) => Sum(Sum(totals.InputTokens, totals.CacheReadInputTokens), totals.CacheWrites());

    /// <summary>Tokens written to the cache, of either lifetime.</summary>
    public static long CacheWrites(this UsageTotals totals) => Sum(totals.CacheCreation5mInputTokens, totals.CacheCreation1hInputTokens);

    /// <summary>The classes of a cost, with what was counted of each.</summary>
    public static IReadOnlyList<(string Name, long Quantity, NanoUsd Cost)> Classes(this UsageTotals totals) =>
    [
        ("input", totals.InputTokens, totals.Cost.Input),
        ("cache read", totals.CacheReadInputTokens, totals.Cost.CacheRead),
        ("cache write 5m", totals.CacheCreation5mInputTokens, totals.Cost.CacheWrite5m),
        ("cache write 1h", totals.CacheCreation1hInputTokens, totals.Cost.CacheWrite1h),
        ("output", totals.OutputTokens, totals.Cost.Output),
        ("web searches", totals.WebSearchRequests, totals.Cost.ServerTools),
    ];

    // Providers' counts are stored as they came, however absurd.
    private static long Sum(long left, long right)
    {
        var sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) >= 0 ? sum : left < 0 ? long.MinValue : long.MaxValue;
    }

    private static TimeSpan Sum(TimeSpan left, TimeSpan right) => new(Sum(left.Ticks, right.Ticks));

    // Group keys can be null, which is not the same as empty; and a value must not look like two.
    private static string NameOf(string? value) => value is null ? "-" : $"{value.Length}:{value}";
}
