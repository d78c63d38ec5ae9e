using System.Globalization;
using CostReport.Cli.Charts.Scales;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class NumberTicksTests
{
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(0, 7, new[] { 0, 2, 4, 6, 8 })]
    [InlineData(0, 10, new[] { 0, 2, 4, 6, 8, 10 })]
    [InlineData(0, 651, new[] { 0, 200, 400, 600, 800 })]
    [InlineData(0, 1, new[] { 0, 1 })]
    [InlineData(0, 0, new[] { 0, 1 })]
    [InlineData(-5, -3, new[] { -5, -4, -3, -2, -1, 0 })]
    [InlineData(-3, 8, new[] { -5, 0, 5, 10 })]
    public void Ticks_are_round_and_hold_zero(int least, int greatest, int[] expected) =>
        Assert.Equal(expected.Select(e => (decimal)e), NumberTicks.Of(least, greatest, 5, Measure.Count).Values);

    [Fact]
    public void Ticks_rise_evenly_by_1_2_or_5_hold_all_values_and_are_few()
    {
        var random = new Random(3);
        for (var round = 0; round < 5000; round++)
        {
            decimal least = round % 3 == 0 ? -random.NextInt64(1, 1L << random.Next(1, 63)) : 0;
            decimal greatest = round % 5 == 0 ? 0 : random.NextInt64(1, 1L << random.Next(1, 63)) * (decimal)random.Next(1, 9);

            var ticks = NumberTicks.Of(least, greatest, 5, Measure.Count);

            Assert.True(ticks.Least <= least && ticks.Greatest >= greatest, $"{least} to {greatest}");
            Assert.Contains(0m, ticks.Values);
            Assert.InRange(ticks.Values.Count, 2, 8);
            Assert.All(ticks.Values.Zip(ticks.Values.Skip(1)), pair => Assert.Equal(ticks.Step, pair.Second - pair.First));
            Assert.True(ticks.Step.ToString("0", CultureInfo.InvariantCulture).TrimEnd('0') is "1" or "2" or "5", $"{ticks.Step}");
        }
    }

    [Theory]
    [InlineData(9 * Second, "0,2 s,4 s,6 s,8 s,10 s")]
    [InlineData(50 * Second, "0,10 s,20 s,30 s,40 s,50 s")]
    [InlineData(140 * Second, "0,30 s,1 min,1:30 min,2 min,2:30 min")]
    [InlineData(3600 * Second, "0,15 min,30 min,45 min,1 h")]
    [InlineData(90000 * Second, "0,6 h,12 h,18 h,24 h,30 h")]
    [InlineData(800, "0,200 µs,400 µs,600 µs,800 µs")]
    [InlineData(864000 * Second, "0,2 d,4 d,6 d,8 d,10 d")]
    public void Time_is_divided_as_on_a_clock(long greatest, string expected)
    {
        var ticks = NumberTicks.Of(0, greatest, 5, Measure.Duration);

        Assert.Equal(expected, string.Join(',', ticks.Values.Select(t => Measure.Duration.FormatTick(t, ticks.Step))));
    }

    [Theory]
    [InlineData(3_000_000_000, "$0,$1,$2,$3")]
    [InlineData(1_700_000_000, "$0,$0.50,$1.00,$1.50,$2.00")]
    [InlineData(7_000_000, "$0,$0.002,$0.004,$0.006,$0.008")]
    [InlineData(41_000_000_000_000, "$0,$10k,$20k,$30k,$40k,$50k")]
    [InlineData(2_400_000_000_000_000, "$0,$0.5M,$1.0M,$1.5M,$2.0M,$2.5M")]
    public void Money_has_as_many_places_as_the_step_needs(long greatest, string expected)
    {
        var measure = Measure.Money(greatest);
        var ticks = NumberTicks.Of(0, greatest, 5, measure);

        Assert.Equal(expected, string.Join(',', ticks.Values.Select(t => measure.FormatTick(t, ticks.Step))));
    }
}
