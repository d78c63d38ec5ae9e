using CostLedger.Pricing;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing.Matching;

public sealed class PlaceTests
{
    [Theory]
    [InlineData(Provider.Anthropic, null, "claude-opus-5", "anthropic", "5")]
    [InlineData(Provider.ClaudeOnAws, "us-east-1", "claude-opus-5", "anthropic", "5")]
    [InlineData(Provider.GoogleCloud, "us-east5", "claude-opus-5", "anthropic", "5")]
    [InlineData(Provider.Foundry, null, "claude-opus-5", "foundry", "5")]
    [InlineData(Provider.Vertex, "global", "claude-opus-5", "vertex", "5")]
    [InlineData(Provider.Vertex, "us-east5", "claude-opus-5", "vertex-regional", "5.5")]
    [InlineData(Provider.Vertex, "us", "claude-opus-5", "vertex-regional", "5.5")]
    [InlineData(Provider.Bedrock, "us-east-1", "global.anthropic.claude-opus-5", "bedrock", "5")]
    [InlineData(Provider.Bedrock, "us-east-1", "us.anthropic.claude-opus-5", "bedrock-regional", "5.5")]
    [InlineData(Provider.Bedrock, "sa-east-1", "mx.anthropic.claude-opus-5", "bedrock-regional", "5.5")]
    [InlineData(Provider.Bedrock, "us-east-1", "anthropic.claude-opus-5", "bedrock", "5")]
    [InlineData(Provider.BedrockMantle, "us-east-1", "anthropic.claude-opus-5", "bedrock", "5")]
    [InlineData(Provider.BedrockMantle, "us-east-1", "claude-opus-5", "bedrock", "5")]
    [InlineData(Provider.Bedrock, "us-gov-west-1", "us-gov.anthropic.claude-opus-4-8", "bedrock-govcloud", "6")]
    [InlineData(Provider.Bedrock, "us-gov-west-1", "anthropic.claude-opus-4-8", "bedrock-govcloud", "6")]
    [InlineData(Provider.Bedrock, null, "arn:aws-us-gov:bedrock:us-gov-west-1:1:inference-profile/us-gov.anthropic.claude-opus-4-8", "bedrock-govcloud", "6")]
    [InlineData(Provider.Bedrock, null, "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-opus-5", "bedrock-regional", "5.5")]
    [InlineData(Provider.Anthropic, null, "us.anthropic.claude-opus-5", "bedrock-regional", "5.5")]
    public void The_place_decides_the_row(Provider provider, string? location, string id, string key, string input)
    {
        var call = Calls.Call(id, Calls.Thousand) with { Provider = provider, Location = location };

        Assert.Equal(key, PriceBook.Default.Match(id, provider, location).PriceKey);
        Assert.Equal(Calls.Number(input), Calls.Rates(call).Input);
        Assert.DoesNotContain(CostMarks.LocationUnknown, Calls.Price(call).Cost.Marks, StringComparer.Ordinal);
    }

    [Fact]
    public void On_Bedrock_the_profile_is_that_of_the_id_that_was_called()
    {
        var call = Calls.Call("claude-sonnet-4-5-20250929", Calls.Thousand) with
        {
            Provider = Provider.Bedrock,
            Location = "us-east-1",
            ModelRequested = "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        };

        Assert.Equal((3.3m, 16.5m), Calls.Rates(call));
        Assert.Equal(["regional"], Calls.Price(call).Modifiers);
    }

    [Theory]
    [InlineData(Provider.Bedrock, "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc")]
    [InlineData(Provider.Bedrock, null)]
    [InlineData(Provider.Vertex, null)]
    public void A_place_that_is_not_known_is_marked(Provider provider, string? asked)
    {
        var call = Calls.Call("claude-opus-5", Calls.Thousand) with { Provider = provider, ModelRequested = asked };

        Assert.Equal((5m, 25m), Calls.Rates(call));
        Assert.Equal([CostMarks.LocationUnknown], Calls.Price(call).Cost.Marks);
    }

    [Theory]
    [InlineData("bedrock", "3")]
    [InlineData("bedrock-regional", "3.3")]
    public void What_bare_Bedrock_ids_cost_is_a_setting(string setting, string input)
    {
        var book = SmallBook.With("\"bare_bedrock_id\": \"bedrock\"", $"\"bare_bedrock_id\": \"{setting}\"");

        var cost = book.Price(Calls.Call("anthropic.claude-test-1", Calls.Thousand) with { Provider = Provider.Bedrock }).Cost;

        Assert.Equal(Calls.Number(input), Calls.Dollars(cost.ByClass!.Value.Input) * 1_000);
    }

    [Theory]
    // Fable 5.2 has no row at Foundry; Mythos 5 only at the Claude API; Opus 5 none in GovCloud; Haiku 3 none that is regional.
    [InlineData("claude-fable-5-2", Provider.Foundry, null, "8", true)]
    [InlineData("claude-mythos-5", Provider.Vertex, "global", "10", true)]
    [InlineData("claude-mythos-5", Provider.Vertex, "us-east5", "11", true)]
    [InlineData("eu.anthropic.claude-mythos-5", Provider.Bedrock, null, "11", true)]
    [InlineData("us-gov.anthropic.claude-opus-5", Provider.Bedrock, null, "6", true)]
    [InlineData("claude-opus-4-20250514", Provider.Vertex, "us-east5", "15", true)]
    [InlineData("apac.anthropic.claude-3-haiku-20240307-v1:0", Provider.Bedrock, null, "0.25", true)]
    [InlineData("us.anthropic.claude-3-haiku-20240307-v1:0", Provider.Bedrock, null, "0.25", false)]
    public void A_missing_row_is_derived_by_rule_and_marked(string id, Provider provider, string? location, string input, bool isMarked)
    {
        var call = Calls.Call(id, Calls.Thousand) with { Provider = provider, Location = location };

        Assert.Equal(Calls.Number(input), Calls.Rates(call).Input);
        Assert.Equal(isMarked, Calls.Price(call).Cost.Marks.Contains(CostMarks.PriceSubstituted, StringComparer.Ordinal));
    }

    [Fact]
    public void A_derived_price_shows_its_factor_and_where_it_comes_from()
    {
        var call = Calls.Call("claude-mythos-5", Calls.Tokens(input: 1_000)) with { Provider = Provider.Vertex, Location = "us-east5" };

        var term = Assert.Single(Calls.Price(call).Terms);

        Assert.Equal([new CostFactor("vertex-regional", 1.1m)], term.Factors);
        Assert.Equal("claude-mythos-5 anthropic from 2026-06-09 (no price at vertex-regional)", term.Source);
        Assert.Equal(11_000_000m, term.ExactNanoUsd);
    }

    [Fact]
    public void A_price_that_stands_in_brings_neither_fast_mode_nor_geography_along()
    {
        var call = Calls.Call("claude-mythos-5", Calls.Thousand with { InferenceGeo = "us" }) with { Provider = Provider.Vertex, Location = "global" };

        Assert.Equal((10m, 50m), Calls.Rates(call));
    }

    [Theory]
    [InlineData("us.anthropic.claude-opus-5", Provider.Bedrock, "regional")]
    [InlineData("us-gov.anthropic.claude-opus-4-8", Provider.Bedrock, "govcloud")]
    public void A_dearer_place_is_among_the_modifiers(string id, Provider provider, string modifier) =>
        Assert.Equal([modifier], Calls.Price(Calls.Call(id, Calls.Thousand) with { Provider = provider }).Modifiers);

    [Fact]
    public void A_place_without_premium_is_not_among_the_modifiers() => Assert.Empty(
        Calls.Price(Calls.Call("us.anthropic.claude-opus-4-1-20250805-v1:0", Calls.Thousand) with { Provider = Provider.Bedrock }).Modifiers);

    [Fact]
    public void A_provider_without_row_and_without_rule_is_unpriced()
    {
        var book = SmallBook.With("\"description\": \"g\", \"without_row\": { \"use\": \"anthropic\", \"factor\": 1, \"models_from\": null }", "\"description\": \"g\", \"without_row\": null");

        var breakdown = book.Price(Calls.Call("claude-test-1", Calls.Thousand) with { Provider = Provider.Foundry });

        Assert.Equal(CostBasis.Unpriced, breakdown.Cost.Basis);
        Assert.Contains("no price for it at foundry", breakdown.Reason, StringComparison.Ordinal);
    }
}
