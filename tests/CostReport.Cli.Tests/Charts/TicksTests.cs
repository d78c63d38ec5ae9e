using CostReport.Cli.Charts;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class TicksTests
{
    [Theory]
    [InlineData(7, new long[] { 0, 2, 4, 6, 8 })]
    [InlineData(10, new long[] { 0, 2, 4, 6, 8, 10 })]
    [InlineData(651, new long[] { 0, 200, 400, 600, 800 })]
    [InlineData(1, new long[] { 0, 1 })]
    [InlineData(0, new long[] { 0, 1 })]
    [InlineData(-5, new long[] { 0, 1 })]
    public void Ticks_are_round_numbers(long greatest, long[] expected) => Assert.Equal(expected, Ticks.Upto(greatest, 5));

    [Fact]
    public void Ticks_begin_at_zero_rise_evenly_reach_the_greatest_value_and_are_few()
    {
        var random = new Random(3);
        for (var round = 0; round < 5000; round++)
        {
            var greatest = random.NextInt64(1, 1L << random.Next(1, 63));

            var ticks = Ticks.Upto(greatest, 5);

            Assert.Equal(0, ticks[0]);
            Assert.InRange(ticks.Count, 2, 7);
            Assert.True(ticks[^1] >= greatest || ticks[^1] > long.MaxValue / 2, $"{ticks[^1]} < {greatest}");
            Assert.Single(ticks.Zip(ticks.Skip(1), (a, b) => b - a).Distinct());
        }
    }

    [Theory]
    [InlineData(0.0, "")]
    [InlineData(double.NaN, "")]
    [InlineData(0.0001, "▏")]
    [InlineData(0.5, "█████")]
    [InlineData(0.55, "█████▌")]
    [InlineData(1.0, "██████████")]
    [InlineData(7.0, "██████████")]
    public void What_is_not_zero_never_looks_like_zero(double share, string expected) =>
        Assert.Equal(expected, BarText.Horizontal(share, 10, ascii: false));

    [Theory]
    [InlineData(0, 1, "██████████")]
    [InlineData(0.5, 0.5, "     █████")]
    [InlineData(1, 0.001, "         █")]
    [InlineData(0.3, 0, "   ▏")]
    public void A_phase_begins_where_the_one_before_ends(double start, double share, string expected) =>
        Assert.Equal(expected, BarText.Floating(start, share, 10, ascii: false));
}
