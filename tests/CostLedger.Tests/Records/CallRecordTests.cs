using CostLedger.Pricing;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Records;

public sealed class CallRecordTests
{
    [Theory]
    [InlineData(null, null, "claude-opus-5", "us.anthropic.claude-opus-5")]
    [InlineData(null, "eu.anthropic.claude-opus-5", "claude-opus-5", "eu.anthropic.claude-opus-5")]
    [InlineData("claude-opus-5-5", null, "claude-opus-5-5", "claude-opus-5-5")]
    public void Where_nothing_better_is_known_it_is_reported_as_the_price_list_names_it_and_priced_as_it_was_called(
        string? served, string? alias, string model, string priced)
    {
        var record = SomeCalls.Simple() with
        {
            ModelRequested = "us.anthropic.claude-opus-5",
            ModelMatched = "claude-opus-5",
            ModelServed = served,
            ModelAlias = alias,
        };

        Assert.Equal((model, priced), (record.Model, PricingRequest.From(record).Model));
    }

    [Theory]
    // Without an alias: the model served, else the one requested.
    [InlineData("claude-opus-5", "claude-haiku-5-5", null, "claude-haiku-5-5")]
    [InlineData("ours", "theirs", null, "theirs")]
    [InlineData("ours", null, null, "ours")]
    [InlineData(null, null, null, null)]
    // With one: an answer that names another model of Claude's goes before it.
    [InlineData("ours", "claude-haiku-5-5", "claude-opus-5", "claude-haiku-5-5")]
    [InlineData("arn:aws:bedrock:us-east-1:1:application-inference-profile/a", "us.Anthropic.Claude-Haiku", "claude-opus-5", "us.Anthropic.Claude-Haiku")]
    [InlineData("ours", null, "claude-opus-5", "claude-opus-5")]
    [InlineData("ours", "ours", "claude-opus-5", "claude-opus-5")]
    [InlineData("Claude-Ours", "claude-ours", "claude-opus-5", "claude-opus-5")]
    [InlineData("ours", "theirs", "claude-opus-5", "claude-opus-5")]
    [InlineData(null, "theirs", "claude-opus-5", "claude-opus-5")]
    public void The_model_is_the_best_known_name(string? requested, string? served, string? alias, string? model)
    {
        var record = SomeCalls.Simple() with { ModelRequested = requested, ModelServed = served, ModelAlias = alias };

        Assert.Equal(model, record.Model);
        Assert.Equal((model, alias ?? requested), (PricingRequest.From(record).Model, PricingRequest.From(record).ModelRequested));
    }
}
