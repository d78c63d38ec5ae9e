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

    private static UsageGroup Group(long attempts, params string?[] key) => new(key, new UsageTotals { Attempts = attempts });
}
