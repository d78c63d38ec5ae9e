using BenchmarkDotNet.Attributes;
using CostLedger.Pricing;
using CostLedger.Records;

namespace Telemetry.Benchmarks.Pricing;

/// <summary>
/// What a call costs, beside what most tools do: five products of decimals by a table of models, without history, tiers, regions,
/// modifiers or the sum behind the result.
/// </summary>
public class PricingBenchmarks
{
    private const decimal Million = 1_000_000m;

    private static readonly Dictionary<string, decimal[]> Table = new(StringComparer.Ordinal)
    {
        ["claude-opus-5"] = [5m, 25m, 0.5m, 6.25m, 10m],
        ["claude-sonnet-5"] = [3m, 15m, 0.3m, 3.75m, 6m],
    };

    private readonly PricingRequest _request = new()
    {
        Provider = Provider.Anthropic,
        Operation = Operation.Messages,
        Model = "claude-opus-5",
        At = new DateTimeOffset(2026, 11, 15, 12, 0, 0, TimeSpan.Zero),
        Usage = new TokenUsage
        {
            InputTokens = 1_000,
            OutputTokens = 1_000,
            CacheReadInputTokens = 1_000,
            CacheCreationInputTokens = 2_000,
            CacheCreation5mInputTokens = 1_000,
            CacheCreation1hInputTokens = 1_000,
        },
        Outcome = CallOutcome.Success,
        HttpStatus = 200,
    };

    [Benchmark(Baseline = true, Description = "naive: a table and decimals")]
    public decimal Naive()
    {
        var prices = Table[_request.Model!];
        var usage = _request.Usage!;
        return ((usage.InputTokens.GetValueOrDefault() * prices[0])
            + (usage.OutputTokens.GetValueOrDefault() * prices[1])
            + (usage.CacheReadInputTokens.GetValueOrDefault() * prices[2])
            + (usage.CacheCreation5mInputTokens.GetValueOrDefault() * prices[3])
            + (usage.CacheCreation1hInputTokens.GetValueOrDefault() * prices[4])) / Million;
    }

    [Benchmark(Description = "the price book, with its sum")]
    public CostBreakdown Priced() => PriceBook.Default.Price(_request);
}
