using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

public sealed class CacheTests
{
    [Fact]
    public void A_write_without_a_split_is_booked_as_five_minutes_and_marked()
    {
        var usage = new TokenUsage { InputTokens = 0, OutputTokens = 0, CacheCreationInputTokens = 1_000_000 };

        var cost = Calls.Price(Calls.Call("claude-opus-5", usage)).Cost;

        Assert.Equal(CostBasis.Measured, cost.Basis);
        Assert.Equal(6.25m, Calls.Dollars(cost.ByClass!.Value.CacheWrite5m));
        Assert.Equal([CostMarks.SplitUnknown], cost.Marks);
    }

    [Fact]
    public void What_the_split_leaves_over_is_booked_as_five_minutes_and_marked()
    {
        var usage = new TokenUsage
        {
            InputTokens = 0,
            OutputTokens = 0,
            CacheCreationInputTokens = 1_000_000,
            CacheCreation5mInputTokens = 100_000,
            CacheCreation1hInputTokens = 500_000,
        };

        var cost = Calls.Price(Calls.Call("claude-opus-5", usage)).Cost;

        Assert.Equal((3.125m, 5m), (Calls.Dollars(cost.ByClass!.Value.CacheWrite5m), Calls.Dollars(cost.ByClass.Value.CacheWrite1h)));
        Assert.Equal([CostMarks.SplitUnknown], cost.Marks);
    }

    [Fact]
    public void A_split_that_adds_up_or_stands_alone_is_not_marked()
    {
        var alone = new TokenUsage { InputTokens = 0, CacheCreation5mInputTokens = 1_000, CacheCreation1hInputTokens = 1_000, OutputTokens = 0 };

        Assert.Empty(Calls.Price(Calls.Call("claude-opus-5", Calls.Tokens(write5m: 1_000, write1h: 1_000))).Cost.Marks);
        Assert.Equal((0m, 6.25m, 10m), Calls.CacheRates(Calls.Call("claude-opus-5", alone)));
        Assert.Empty(Calls.Price(Calls.Call("claude-opus-5", alone)).Cost.Marks);
    }

    [Fact]
    public void A_split_larger_than_the_total_is_cut_to_it_and_marked()
    {
        var usage = new TokenUsage { InputTokens = 0, OutputTokens = 0, CacheCreationInputTokens = 1_000, CacheCreation5mInputTokens = 400, CacheCreation1hInputTokens = 3_000 };

        var call = Calls.Call("claude-opus-5", usage);

        Assert.Equal((0m, 0m, 10m), Calls.CacheRates(call));
        Assert.Equal([CostMarks.SplitUnknown], Calls.Price(call).Cost.Marks);
    }

    [Theory]
    // (reads x (5 - 0.5) - 5m writes x (6.25 - 5) - 1h writes x (10 - 5)) dollars per million
    [InlineData(1_000_000, 0, 0, 4_500_000_000)]
    [InlineData(0, 1_000_000, 0, -1_250_000_000)]
    [InlineData(0, 0, 1_000_000, -5_000_000_000)]
    [InlineData(2_000_000, 1_000_000, 1_000_000, 2_750_000_000)]
    [InlineData(0, 0, 0, 0)]
    public void What_the_cache_saved_is_the_uncached_price_less_the_price_paid(long read, long write5m, long write1h, long saved)
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5", Calls.Tokens(100, 100, read, write5m, write1h))).Cost;

        Assert.Equal(new NanoUsd(saved), cost.SavedByCache);
    }

    [Fact]
    public void The_saving_follows_batch_and_geography()
    {
        var usage = Calls.Tokens(read: 1_000_000) with { ServiceTier = "batch", InferenceGeo = "us" };

        Assert.Equal(new NanoUsd(2_475_000_000), Calls.Price(Calls.Call("claude-opus-5", usage)).Cost.SavedByCache);
    }

    [Fact]
    public void A_model_without_cache_prices_leaves_cached_calls_unpriced()
    {
        var breakdown = Calls.Price(Calls.Call("claude-2.1", Calls.Tokens(10, 10, read: 5)));

        Assert.Equal(CostBasis.Unpriced, breakdown.Cost.Basis);
        Assert.Null(breakdown.Cost.ByClass);
        Assert.Contains("cache reads", breakdown.Reason, StringComparison.Ordinal);
        Assert.Equal((8m, 24m), Calls.Rates(Calls.Call("claude-2.1", Calls.Tokens(1_000, 1_000))));
    }
}
