using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

/// <summary>Every day on which a price changed, from both sides.</summary>
public sealed class PriceByDateTests
{
    [Theory]
    // A prompt over 200,000 tokens paid more only in these periods; both ends of each.
    [InlineData("claude-sonnet-4-20250514", "2025-08-11", "3", "15")]
    [InlineData("claude-sonnet-4-20250514", "2025-08-12", "6", "22.5")]
    [InlineData("claude-sonnet-4-20250514", "2026-04-29", "6", "22.5")]
    [InlineData("claude-sonnet-4-20250514", "2026-04-30", "3", "15")]
    [InlineData("claude-sonnet-4-5", "2025-09-29", "6", "22.5")]
    [InlineData("claude-sonnet-4-5", "2026-04-29", "6", "22.5")]
    [InlineData("claude-sonnet-4-5", "2026-04-30", "3", "15")]
    [InlineData("claude-opus-4-6", "2026-02-05", "10", "37.5")]
    [InlineData("claude-opus-4-6", "2026-03-12", "10", "37.5")]
    [InlineData("claude-opus-4-6", "2026-03-13", "5", "25")]
    [InlineData("claude-sonnet-4-6", "2026-02-17", "6", "22.5")]
    [InlineData("claude-sonnet-4-6", "2026-03-12", "6", "22.5")]
    [InlineData("claude-sonnet-4-6", "2026-03-13", "3", "15")]
    [InlineData("claude-haiku-5-5", "2026-10-07", "0.5", "2.5")]
    [InlineData("claude-haiku-5-5", "2026-11-20", "0.5", "2.5")]
    [InlineData("claude-opus-5", "2026-08-01", "5", "25")]
    public void Long_prompts_pay_the_band_of_their_day(string model, string day, string input, string output)
    {
        var usage = Calls.Tokens(input: 500_000, output: 100_000);

        var cost = Calls.Price(Calls.Call(model, usage, day)).Cost.ByClass!.Value;

        Assert.Equal(Calls.Number(input) / 2, Calls.Dollars(cost.Input));
        Assert.Equal(Calls.Number(output) / 10, Calls.Dollars(cost.Output));
    }

    [Theory]
    [InlineData("claude-opus-4-6", "2026-02-06", "5", "25")]
    [InlineData("claude-opus-4-6", "2026-02-07", "30", "150")]
    [InlineData("claude-opus-4-6", "2026-06-28", "30", "150")]
    [InlineData("claude-opus-4-6", "2026-06-29", "5", "25")]
    [InlineData("claude-opus-4-7", "2026-05-11", "5", "25")]
    [InlineData("claude-opus-4-7", "2026-05-12", "30", "150")]
    [InlineData("claude-opus-4-7", "2026-07-23", "30", "150")]
    [InlineData("claude-opus-4-7", "2026-07-24", "5", "25")]
    [InlineData("claude-opus-4-8", "2026-05-28", "10", "50")]
    [InlineData("claude-opus-4-8", "2026-11-20", "10", "50")]
    [InlineData("claude-opus-5", "2026-07-24", "10", "50")]
    [InlineData("claude-opus-5-5", "2026-09-22", "8", "40")]
    public void Fast_mode_has_the_price_of_its_day(string model, string day, string input, string output)
    {
        var fast = Calls.Call(model, Calls.Thousand with { Speed = "fast" }, day);

        Assert.Equal((Calls.Number(input), Calls.Number(output)), Calls.Rates(fast));
    }

    [Theory]
    [InlineData("2026-09-28", "0.2")]
    [InlineData("2026-10-06", "0.2")]
    [InlineData("2026-10-07", "0.1")]
    [InlineData("2026-11-20", "0.1")]
    public void Sonnet_5_5_reads_became_cheaper_in_its_life(string day, string read) =>
        Assert.Equal((Calls.Number(read), 2.5m, 4m), Calls.CacheRates(Calls.Call("claude-sonnet-5-5", Calls.Thousand, day)));

    [Theory]
    [InlineData("claude-fable-5", "1")]
    [InlineData("claude-fable-5-1", "0.25")]
    [InlineData("claude-mythos-5-1", "0.25")]
    [InlineData("claude-fable-5-2", "0.2")]
    [InlineData("claude-mythos-5-2", "0.2")]
    [InlineData("claude-opus-5-5", "0.2")]
    [InlineData("claude-opus-5", "0.5")]
    [InlineData("claude-haiku-5-5", "0.01")]
    [InlineData("claude-3-haiku-20240307", "0.03")]
    public void Cache_reads_have_their_own_price(string model, string read) =>
        Assert.Equal(Calls.Number(read), Calls.CacheRates(Calls.Call(model, Calls.Thousand)).Read);

    [Theory]
    [InlineData("2026-08-31")]
    [InlineData("2026-09-01")]
    public void Sonnet_5_did_not_become_dearer(string day) =>
        Assert.Equal((2m, 10m), Calls.Rates(Calls.Call("claude-sonnet-5", Calls.Thousand, day)));

    [Fact]
    public void The_utc_day_decides_whatever_the_offset()
    {
        var lateEveningInNewYork = new DateTimeOffset(2026, 10, 6, 20, 0, 0, TimeSpan.FromHours(-4));

        var call = Calls.Call("claude-sonnet-5-5", Calls.Thousand) with { At = lateEveningInNewYork };

        Assert.Equal(0.1m, Calls.CacheRates(call).Read);
    }

    [Theory]
    [InlineData("2026-07-23", true)]
    [InlineData("2026-07-24", false)]
    public void A_day_before_the_first_period_takes_the_first_price_and_says_so(string day, bool isOutside)
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5", Calls.Thousand, day)).Cost;

        Assert.Equal(CostBasis.Measured, cost.Basis);
        Assert.Equal(0.005m, Calls.Dollars(cost.ByClass!.Value.Input));
        Assert.Equal(isOutside, cost.Marks.Contains(CostMarks.OutsidePricePeriod, StringComparer.Ordinal));
    }

    [Fact]
    public void A_day_after_the_last_period_takes_the_last_price_and_says_so()
    {
        var book = SmallBook.With("\"from\": \"2026-01-01\", \"until\": null", "\"from\": \"2026-01-01\", \"until\": \"2026-06-01\"");

        var before = book.Price(Calls.Call("claude-test-1", Calls.Thousand, "2026-05-31")).Cost;
        var after = book.Price(Calls.Call("claude-test-1", Calls.Thousand, "2026-06-01")).Cost;

        Assert.Equal(before.ByClass, after.ByClass);
        Assert.Empty(before.Marks);
        Assert.Equal([CostMarks.OutsidePricePeriod], after.Marks);
    }
}
