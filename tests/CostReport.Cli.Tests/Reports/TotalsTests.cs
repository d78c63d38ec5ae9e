using CostLedger.Querying;
using CostReport.Cli.Reports;
using Xunit;

namespace CostReport.Cli.Tests.Reports;

public sealed class TotalsTests
{
    [Fact]
    public void Groups_that_agree_become_one_in_the_order_in_which_they_come()
    {
        UsageGroup[] groups = [Group(1, "b", "x"), Group(2, "a", "x"), Group(4, "b", "y"), Group(8, "b", "x")];

        Assert.Equal([("b", 13L), ("a", 2L)], Totals.Fold(groups, 0).Select(g => (g.Key[0], g.Totals.Attempts)));
        Assert.Equal([("x b", 9L), ("x a", 2L), ("y b", 4L)], Totals.Fold(groups, 1, 0).Select(g => (string.Join(' ', g.Key), g.Totals.Attempts)));
    }

    [Fact]
    public void Nothing_empty_and_what_looks_alike_stay_apart()
    {
        string?[][] keys = [[null, null], [null, ""], ["", null], ["", ""], ["-", null], ["1:a", ""], ["a", "1:a"], ["a1:a", ""], ["ab", "c"], ["a", "bc"]];

        var folded = Totals.Fold([.. keys.Select(key => Group(1, key))], 0, 1);

        Assert.Equal(keys, folded.Select(g => g.Key));
        Assert.All(folded, g => Assert.Equal(1, g.Totals.Attempts));
    }

    [Fact]
    public void Counts_and_times_beyond_all_bounds_stay_at_the_bounds()
    {
        var most = new UsageTotals { InputTokens = long.MaxValue - 1, CacheReadInputTokens = 5, OutputTokens = long.MinValue, Duration = TimeSpan.MaxValue };

        var sum = Totals.Add(most, most);

        Assert.Equal((long.MaxValue, 10, long.MinValue, TimeSpan.MaxValue), (sum.InputTokens, sum.CacheReadInputTokens, sum.OutputTokens, sum.Duration));
        Assert.Equal(long.MaxValue, most.Prompt());
        Assert.Equal(long.MaxValue, (most with { CacheCreation5mInputTokens = long.MaxValue, CacheCreation1hInputTokens = 1 }).CacheWrites());
    }

    private static UsageGroup Group(long attempts, params string?[] key) => new(key, new UsageTotals { Attempts = attempts });
}
