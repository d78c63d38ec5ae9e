using System.Globalization;
using CostLedger.Pricing;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

/// <summary>Calls to price, and short ways to say what is expected of them.</summary>
internal static class Calls
{
    public static PricingRequest Call(string model, TokenUsage? usage, string day = "2026-11-15") => new()
    {
        Provider = Provider.Anthropic,
        Operation = Operation.Messages,
        Model = model,
        At = Day(day),
        Usage = usage,
        Outcome = CallOutcome.Success,
        HttpStatus = 200,
    };

    public static TokenUsage Tokens(long input = 0, long output = 0, long read = 0, long write5m = 0, long write1h = 0) => new()
    {
        InputTokens = input,
        OutputTokens = output,
        CacheReadInputTokens = read,
        CacheCreationInputTokens = write5m + write1h,
        CacheCreation5mInputTokens = write5m,
        CacheCreation1hInputTokens = write1h,
    };

    /// <summary>A million tokens of each class, so that a class costs its list price; a short prompt needs <see cref="Thousand"/>.</summary>
    public static TokenUsage Million { get; } = Tokens(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000);

    /// <summary>A thousand tokens of each class: under every threshold.</summary>
    public static TokenUsage Thousand { get; } = Tokens(1_000, 1_000, 1_000, 1_000, 1_000);

    public static UsageIteration Iteration(string type, long input, long output, string? model = null) => new()
    {
        Type = type,
        Model = model,
        InputTokens = input,
        OutputTokens = output,
        CacheReadInputTokens = 0,
        CacheCreationInputTokens = 0,
    };

    public static DateTimeOffset Day(string day) =>
        DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A number of dollars in a test's data, where attributes allow no decimal.</summary>
    public static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    public static CostBreakdown Price(PricingRequest request) => PriceBook.Default.Price(request);

    /// <summary>The dollars of input and output of a thousand tokens each, times a thousand: the prices per million that were used.</summary>
    public static (decimal Input, decimal Output) Rates(PricingRequest request)
    {
        var cost = Price(request).Cost.ByClass;
        Assert.NotNull(cost);
        return (PerMillion(cost.Value.Input), PerMillion(cost.Value.Output));
    }

    public static (decimal Read, decimal Write5m, decimal Write1h) CacheRates(PricingRequest request)
    {
        var cost = Price(request).Cost.ByClass;
        Assert.NotNull(cost);
        return (PerMillion(cost.Value.CacheRead), PerMillion(cost.Value.CacheWrite5m), PerMillion(cost.Value.CacheWrite1h));
    }

    public static decimal Dollars(NanoUsd? amount)
    {
        Assert.NotNull(amount);
        return (decimal)amount.Value.Value / NanoUsd.PerDollar;
    }

    private static decimal PerMillion(NanoUsd ofThousandTokens) => Dollars(ofThousandTokens) * 1_000;
}
