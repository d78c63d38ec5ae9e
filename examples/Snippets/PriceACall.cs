using CostLedger.Pricing;
using CostLedger.Records;

namespace Snippets;

/// <summary>The price list without a call.</summary>
internal static class PriceACall
{
    public static string Run()
    {
        // snippet: pricing
        var prices = PriceBook.Default;                       // embedded; PriceBook.Load("my-prices.json") for another
        var breakdown = prices.Price(new PricingRequest
        {
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Model = "claude-opus-5",
            At = new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero),
            Usage = new TokenUsage { InputTokens = 1_000, OutputTokens = 200 },
            Outcome = CallOutcome.Success,
            HttpStatus = 200,
        });
        // breakdown.Cost.Total is 0.010000000; breakdown.Terms are the lines of the sum: quantity × price × factors, and the row
        // end of snippet
        return $"{breakdown.Cost.Total}";
    }
}
