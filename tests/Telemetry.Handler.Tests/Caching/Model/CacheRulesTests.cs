using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching.Model;
using Xunit;

namespace Telemetry.Handler.Tests.Caching.Model;

public sealed class CacheRulesTests
{
    [Theory]
    [InlineData("claude-opus-4-6", 4_096, false)]
    [InlineData("claude-opus-4-5", 4_096, false)]
    [InlineData("claude-opus-4-1", 1_024, true)]
    [InlineData("claude-sonnet-4-5-20250929", 1_024, true)]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", 1_024, true)]
    [InlineData("claude-sonnet-4-6", 1_024, false)]
    [InlineData("claude-3-5-sonnet-20241022", 1_024, true)]
    [InlineData("claude-haiku-4-5", 4_096, true)]
    [InlineData("claude-fable-5-1", 512, false)]
    [InlineData("a name of one's own", 1_024, false)]
    public void Every_model_has_its_minimum_and_its_way_with_thinking(string model, int minimum, bool stripsThinking)
    {
        var rules = CacheRules.Of(PriceBook.Default, model, Provider.Anthropic, null);

        Assert.Equal(minimum, rules.Minimum);
        Assert.Equal(stripsThinking, rules.StripsThinking);
    }

    [Fact]
    public void Usage_corrects_the_minimum_in_both_directions()
    {
        var rules = CacheRules.Of(PriceBook.Default, "claude-sonnet-4-6", Provider.Anthropic, null);

        rules.SawUncached(1_500);
        Assert.Equal(1_501, rules.Minimum);
        rules.SawCached(1_024);
        Assert.Equal(1_024, rules.Minimum);
        rules.SawCached(700);
        Assert.Equal(700, rules.Minimum);
    }

    [Fact]
    public void A_generation_that_is_full_forgets_what_was_not_touched()
    {
        var held = new TwoGenerations<int, string>(20);
        for (var i = 0; i < 100; i++)
        {
            held.Set(i, "x", 1);
            Assert.True(held.TryGet(0, out _), $"{i}");
        }

        Assert.InRange(held.Count, 10, 20);
        Assert.False(held.TryGet(50, out _));
        Assert.True(held.TryGet(99, out _));
    }
}
