using CostLedger.Querying.Scanning;
using Xunit;

namespace CostLedger.Tests.Querying.Scanning;

public sealed class DistributionTests
{
    // Half a step of a histogram that divides each doubling into 1,024.
    private const double MostOff = 1.0 / 2048;

    private static readonly int[] Percents = [0, 1, 50, 95, 99, 100];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(Distribution.MaxExact)]
    public void Percentiles_of_few_figures_are_figures_that_were_added(int count)
    {
        var values = Times(count, seed: count);
        var distribution = Of(values);

        Assert.True(distribution.IsExact);
        Assert.Equal(Expected(values), distribution.At(Percents));
        Assert.Equal(values.Max(), distribution.Max);
    }

    [Fact]
    public void The_nearest_rank_is_no_figure_too_far()
    {
        // 99 percent of a hundred figures are ninety-nine of them, whatever floating point makes of it.
        for (var count = 1; count <= 1000; count++)
        {
            var distribution = Of([.. Enumerable.Range(1, count).Select(i => (long)i)]);

            Assert.Equal([((50 * count) + 99) / 100, ((95 * count) + 99) / 100, ((99 * count) + 99) / 100], distribution.At(50, 95, 99));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_of_many_figures_are_off_by_a_two_thousandth_at_most(int seed)
    {
        var values = Times(100_000, seed);
        var distribution = Of(values);

        Assert.False(distribution.IsExact);
        Assert.Equal(values.Max(), distribution.Max);
        foreach (var (expected, found) in Expected(values).Zip(distribution.At(Percents)))
        {
            Assert.InRange(Math.Abs(found - expected), 0, (expected * MostOff) + 0.5);
        }
    }

    [Theory]
    [InlineData(100, 3)]
    [InlineData(Distribution.MaxExact, 2)]
    [InlineData(Distribution.MaxExact + 1, 2)]
    [InlineData(40_000, 7)]
    public void How_figures_are_divided_and_ordered_changes_nothing(int count, int parts)
    {
        var values = Times(count, seed: parts);
        var whole = Of(values);

        var merged = new Distribution();
        foreach (var part in values.Reverse().Chunk((count / parts) + 1))
        {
            merged.Add(Of(part));
        }

        Assert.Equal(whole.IsExact, merged.IsExact);
        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal(whole.Max, merged.Max);
        Assert.Equal(whole.At(Percents), merged.At(Percents));
    }

    [Fact]
    public void Figures_of_any_size_are_counted()
    {
        long[] values = [0, 1, 1023, 1024, 1025, 2047, 2048, uint.MaxValue, (long)uint.MaxValue + 1, long.MaxValue / 2, long.MaxValue];
        var distribution = Of(values);

        Assert.False(distribution.IsExact);
        Assert.Equal(long.MaxValue, distribution.Max);
        for (var i = 0; i < values.Length; i++)
        {
            var alone = Of([values[i], .. Enumerable.Repeat(values[i], Distribution.MaxExact)]);
            Assert.All(alone.At(Percents), found => Assert.Equal(values[i], found));
        }

        Assert.Equal(2047, distribution.At(50)[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(Distribution.MaxExact)]
    [InlineData(50_000)]
    public void Counts_rise_hold_every_figure_once_and_give_the_percentiles(int count)
    {
        // Times that come more than once, among them.
        var distribution = Of(Times(count, seed: count).Select(v => v / 100 * 100));

        var counts = distribution.Counts().ToList();

        Assert.Equal(count, counts.Sum(c => c.Count));
        Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.True(pair.First.Figure < pair.Second.Figure));
        foreach (var (percent, found) in Percents.Zip(distribution.At(Percents)))
        {
            var left = Math.Max(1, ((long)count * percent + 99) / 100);
            Assert.Equal(counts.First(c => (left -= c.Count) <= 0).Figure, found);
        }
    }

    [Fact]
    public void Nothing_has_no_counts() => Assert.Empty(new Distribution().Counts());

    [Fact]
    public void A_negative_figure_counts_as_zero() => Assert.Equal([0, 0], Of([-5]).At(0, 100));

    [Fact]
    public void Nothing_is_nothing_also_when_added()
    {
        var distribution = new Distribution();
        distribution.Add(new Distribution());

        Assert.Equal(0, distribution.Count);
        distribution.Add(Of([7]));
        Assert.Equal([7], distribution.At(50));
    }

    [Fact]
    public void Figures_beyond_the_limit_take_no_more_memory()
    {
        var distribution = Of(Times(Distribution.MaxExact + 1, seed: 5));
        var values = Times(100_000, seed: 5);
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var value in values)
        {
            distribution.Add(value);
        }

        // A block for each doubling that was not met before, at most.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 4200);
    }

    private static Distribution Of(IEnumerable<long> values)
    {
        var distribution = new Distribution();
        foreach (var value in values)
        {
            distribution.Add(value);
        }

        return distribution;
    }

    private static long[] Expected(long[] values)
    {
        var sorted = values.Order().ToList();
        return [.. Percents.Select(p => sorted[(int)Math.Max(1, Math.Ceiling(p * (decimal)sorted.Count / 100)) - 1])];
    }

    // Latencies: many short ones and a long tail.
    private static long[] Times(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (long)Math.Exp(8 + (10 * random.NextDouble())))];
    }
}
