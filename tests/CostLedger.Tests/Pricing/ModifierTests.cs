using CostLedger.Pricing;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

public sealed class ModifierTests
{
    [Fact]
    public void Each_class_of_tokens_has_its_own_price()
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5", Calls.Million)).Cost;

        Assert.Equal(CostBasis.Measured, cost.Basis);
        Assert.Equal(
            new CostByClass(new(5_000_000_000), new(25_000_000_000), new(500_000_000), new(6_250_000_000), new(10_000_000_000), new(0)),
            cost.ByClass);
        Assert.Equal(PriceBook.Default.Version, cost.PriceVersion);
        Assert.Empty(cost.Marks);
        Assert.Null(cost.LowerBound);
        Assert.Null(cost.UpperBound);
    }

    [Fact]
    public void Thinking_is_a_part_of_the_output_and_costs_nothing_more()
    {
        var plain = Calls.Call("claude-opus-5", Calls.Thousand);
        var thinking = plain with { Usage = Calls.Thousand with { ThinkingTokens = 900 } };

        Assert.Equal(Calls.Price(plain).Cost.ByClass, Calls.Price(thinking).Cost.ByClass);
    }

    [Fact]
    public void Nothing_but_output_is_thinking()
    {
        var usage = new TokenUsage { InputTokens = 0, OutputTokens = 1_000, ThinkingTokens = 1_000 };

        Assert.Equal(0.025m, Calls.Dollars(Calls.Price(Calls.Call("claude-opus-5", usage)).Cost.Total));
    }

    [Theory]
    [InlineData("claude-haiku-5-5", 100_000, "0.1", "0.5")]
    [InlineData("claude-haiku-5-5", 100_001, "0.5", "2.5")]
    [InlineData("claude-haiku-5-5", 0, "0.1", "0.5")]
    public void The_threshold_itself_still_has_the_low_price(string model, long prompt, string input, string output)
    {
        var usage = Calls.Tokens(input: prompt, output: 1_000_000);

        var cost = Calls.Price(Calls.Call(model, usage)).Cost.ByClass!.Value;

        Assert.Equal(Calls.Number(input) * prompt / 1_000_000, Calls.Dollars(cost.Input));
        Assert.Equal(Calls.Number(output), Calls.Dollars(cost.Output));
    }

    [Theory]
    [InlineData(50_001, 25_000, 20_000, 5_000)]
    [InlineData(1, 100_000, 0, 0)]
    [InlineData(1, 0, 100_000, 0)]
    [InlineData(1, 0, 0, 100_000)]
    public void All_kinds_of_input_count_towards_the_threshold_and_every_class_pays(long input, long read, long write5m, long write1h)
    {
        var breakdown = Calls.Price(Calls.Call("claude-haiku-5-5", Calls.Tokens(input, 1_000, read, write5m, write1h)));

        Assert.Equal(["long_context"], breakdown.Modifiers);
        Assert.All(breakdown.Terms, term => Assert.Equal(
            term.Class switch { "input" => 0.5m, "output" => 2.5m, "cache_read" => 0.05m, "cache_write_5m" => 0.625m, _ => 1m },
            term.Price));
        Assert.All(breakdown.Terms, term => Assert.Contains("over 100000 tokens", term.Source, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("batch", Operation.Messages)]
    [InlineData("standard", Operation.BatchResult)]
    [InlineData(null, Operation.BatchResult)]
    public void A_batch_costs_half_in_every_class(string? tier, Operation operation)
    {
        var call = Calls.Call("claude-opus-5", Calls.Million with { ServiceTier = tier }) with { Operation = operation };

        var breakdown = Calls.Price(call);

        Assert.Equal(
            new CostByClass(new(2_500_000_000), new(12_500_000_000), new(250_000_000), new(3_125_000_000), new(5_000_000_000), new(0)),
            breakdown.Cost.ByClass);
        Assert.Equal(["batch"], breakdown.Modifiers);
    }

    [Fact]
    public void A_batch_of_long_prompts_costs_half_of_the_long_price()
    {
        var call = Calls.Call("claude-haiku-5-5", Calls.Tokens(1_000_000, 1_000_000) with { ServiceTier = "batch" });

        var breakdown = Calls.Price(call);

        Assert.Equal(0.25m + 1.25m, Calls.Dollars(breakdown.Cost.Total));
        Assert.Equal(["batch", "long_context"], breakdown.Modifiers);
    }

    [Theory]
    [InlineData("claude-opus-5", "us", "5.5", "27.5")]
    [InlineData("claude-opus-5", "US", "5.5", "27.5")]
    [InlineData("claude-opus-5", "global", "5", "25")]
    [InlineData("claude-opus-5", "not_available", "5", "25")]
    [InlineData("claude-opus-4-6", "us", "5.5", "27.5")]
    [InlineData("claude-opus-4-5", "us", "5", "25")]
    [InlineData("claude-sonnet-4-5", "us", "3", "15")]
    public void Inference_in_the_us_costs_more_where_the_row_says_so(string model, string geo, string input, string output)
    {
        var call = Calls.Call(model, Calls.Thousand with { InferenceGeo = geo });

        Assert.Equal((Calls.Number(input), Calls.Number(output)), Calls.Rates(call));
        Assert.Empty(Calls.Price(call).Cost.Marks);
    }

    [Fact]
    public void Us_geography_is_a_factor_on_every_class_but_not_on_searches()
    {
        var usage = Calls.Million with { InferenceGeo = "us", WebSearchRequests = 1_000 };

        var breakdown = Calls.Price(Calls.Call("claude-opus-5", usage));

        Assert.Equal(
            new CostByClass(
                new(5_500_000_000), new(27_500_000_000), new(550_000_000), new(6_875_000_000), new(11_000_000_000), new(10_000_000_000)),
            breakdown.Cost.ByClass);
        Assert.Equal(["geo"], breakdown.Modifiers);
        Assert.Equal([new CostFactor("geo us", 1.1m)], breakdown.Terms[0].Factors);
        Assert.Empty(breakdown.Terms[^1].Factors);
    }

    [Fact]
    public void An_unknown_geography_takes_the_global_price_and_says_so()
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5", Calls.Thousand with { InferenceGeo = "moon" })).Cost;

        Assert.Equal(0.005m, Calls.Dollars(cost.ByClass!.Value.Input));
        Assert.Equal([CostMarks.GeoPriceUnknown], cost.Marks);
    }

    [Fact]
    public void Fast_batch_and_geography_multiply_and_fast_excludes_batch()
    {
        var fastInUs = Calls.Call("claude-opus-5", Calls.Thousand with { Speed = "fast", InferenceGeo = "us" });
        var fastInBatch = Calls.Call("claude-opus-5", Calls.Thousand with { Speed = "fast", ServiceTier = "batch", InferenceGeo = "us" });

        Assert.Equal((11m, 55m), Calls.Rates(fastInUs));
        Assert.Equal((2.75m, 13.75m), Calls.Rates(fastInBatch));
        Assert.Equal([CostMarks.FastPriceUnknown], Calls.Price(fastInBatch).Cost.Marks);
    }

    [Fact]
    public void Fast_mode_prices_the_cache_too()
    {
        Assert.Equal((1m, 12.5m, 20m), Calls.CacheRates(Calls.Call("claude-opus-5", Calls.Thousand with { Speed = "fast" })));
        Assert.Equal((0.4m, 10m, 16m), Calls.CacheRates(Calls.Call("claude-opus-5-5", Calls.Thousand with { Speed = "fast" })));
    }

    [Theory]
    [InlineData("claude-fable-5", Provider.Anthropic)]
    [InlineData("claude-opus-5", Provider.Bedrock)]
    [InlineData("claude-opus-5", Provider.Foundry)]
    public void Fast_where_no_price_of_it_is_known_is_standard_and_says_so(string model, Provider provider)
    {
        var call = Calls.Call(model, Calls.Thousand) with { Provider = provider };
        var fast = call with { Usage = Calls.Thousand with { Speed = "fast" } };

        Assert.Equal(Calls.Rates(call), Calls.Rates(fast));
        Assert.Contains(CostMarks.FastPriceUnknown, Calls.Price(fast).Cost.Marks, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("2026-02-19", "60", "225", true)]
    [InlineData("2026-02-20", "30", "150", false)]
    public void Fast_long_prompts_of_Opus_4_6_cost_more_in_its_first_days(string day, string input, string output, bool isUnsure)
    {
        var usage = Calls.Tokens(1_000_000, 1_000_000) with { Speed = "fast" };

        var breakdown = Calls.Price(Calls.Call("claude-opus-4-6", usage, day));

        Assert.Equal(Calls.Number(input) + Calls.Number(output), Calls.Dollars(breakdown.Cost.Total));
        Assert.Equal(isUnsure, breakdown.Cost.Marks.Contains(CostMarks.LowConfidencePrice, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("priority")]
    [InlineData("flex")]
    [InlineData("priority_on_demand")]
    public void A_tier_without_a_public_price_takes_the_standard_one_and_says_so(string tier)
    {
        var call = Calls.Call("claude-opus-5", Calls.Thousand with { ServiceTier = tier });

        Assert.Equal((5m, 25m), Calls.Rates(call));
        Assert.Equal([CostMarks.TierPriceUnknown], Calls.Price(call).Cost.Marks);
    }

    [Fact]
    public void A_price_of_low_confidence_is_marked() =>
        Assert.Equal([CostMarks.LowConfidencePrice], Calls.Price(Calls.Call("claude-mythos-preview", Calls.Thousand)).Cost.Marks);

    [Fact]
    public void Web_searches_cost_ten_dollars_a_thousand_and_fetches_nothing()
    {
        var usage = Calls.Tokens(1, 1) with { WebSearchRequests = 3, WebFetchRequests = 5 };

        var breakdown = Calls.Price(Calls.Call("claude-opus-5", usage));

        Assert.Equal(new NanoUsd(30_000_000), breakdown.Cost.ByClass!.Value.ServerTools);
        Assert.Equal(("server_tools", 3L, 10m, 1_000L), (breakdown.Terms[^1].Class, breakdown.Terms[^1].Quantity, breakdown.Terms[^1].Price, breakdown.Terms[^1].Per));
    }

    [Fact]
    public void Code_execution_is_marked_since_its_hours_are_not_told()
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5", Calls.Thousand with { CodeExecutionRequests = 1 })).Cost;

        Assert.Equal(CostBasis.Measured, cost.Basis);
        Assert.Equal([CostMarks.CodeExecutionNotPriced], cost.Marks);
    }

    [Theory]
    [InlineData("redeemed", true)]
    [InlineData("not_applied", false)]
    public void A_redeemed_fallback_credit_is_marked(string status, bool isMarked)
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5", Calls.Thousand with { FallbackCreditStatus = status })).Cost;

        Assert.Equal(isMarked, cost.Marks.Contains(CostMarks.FallbackCredit, StringComparer.Ordinal));
    }
}
