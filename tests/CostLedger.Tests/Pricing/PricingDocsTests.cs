using System.Reflection;
using CostLedger.Pricing;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

/// <summary>docs/pricing.md says what is so.</summary>
public sealed class PricingDocsTests
{
    [Fact]
    public void Every_mark_is_explained()
    {
        var marks = typeof(CostMarks).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.All(marks, mark => Assert.Contains($"`{mark}`", Text(), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_price_key_and_setting_is_explained()
    {
        string[] settings = ["aliases", "bare_bedrock_id", "without_row", "refusals_before_output", "server_tools", "us_geo_multiplier", "long_context", "fast"];

        Assert.All(PriceBook.Default.Rules.Descriptions.Keys.Concat(settings), name => Assert.Contains(name, Text(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_costs_what_it_says()
    {
        var breakdown = PriceBook.Default.Price(new PricingRequest
        {
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Model = "claude-opus-5",
            At = new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero),
            Usage = new TokenUsage { InputTokens = 1_000, OutputTokens = 200 },
            Outcome = CallOutcome.Success,
            HttpStatus = 200,
        });

        Assert.Contains($"// breakdown.Cost.Total is {breakdown.Cost.Total};", Text(), StringComparison.Ordinal);
    }

    private static string Text()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "pricing.md")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("docs/pricing.md is in no folder above the tests");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "pricing.md"));
    }
}
