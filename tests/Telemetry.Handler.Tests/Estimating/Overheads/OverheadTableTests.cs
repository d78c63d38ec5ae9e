using Telemetry.Handler.Estimating.Overheads;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating.Overheads;

public sealed class OverheadTableTests
{
    [Theory]
    [InlineData("claude-sonnet-4-5-20250929", "sonnet-4-5")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "sonnet-4-5")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0", "haiku-4-5")]
    [InlineData("claude-opus-4@20250514", "opus-4")]
    [InlineData("anthropic/claude-opus-4.6", "opus-4-6")]
    [InlineData("claude-3-5-sonnet-20240620", "3-5-sonnet-20240620")]
    [InlineData("claude-3-5-sonnet-latest", "3-5-sonnet")]
    [InlineData("anthropic.claude-v2:1", "v2")]
    [InlineData("CLAUDE-SONNET-5", "sonnet-5")]
    [InlineData("claude-opus-5-5", "opus-5")]
    public void A_model_is_found_in_every_spelling(string model, string prefix)
    {
        var found = OverheadTable.Of(model);

        Assert.Equal(prefix, found.Prefix);
        Assert.True(found.IsKnown);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gpt-5")]
    [InlineData("my-deployment")]
    [InlineData("claude-")]
    [InlineData("claude-poem-9")]
    public void A_model_that_is_not_known_is_taken_for_one_of_the_newest_generation(string? model)
    {
        var found = OverheadTable.Of(model);

        Assert.False(found.IsKnown);
        Assert.Equal(OverheadTable.Of("claude-sonnet-5").Weights[Feature.Text], found.Weights[Feature.Text]);
    }

    [Theory]
    [InlineData("claude-sonnet-4-5", "sonnet-4-5")]
    [InlineData("claude-sonnet-4-5-20250929", "sonnet-4-5")]
    [InlineData("claude-sonnet-4-5@20250929", "sonnet-4-5")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "sonnet-4-5")]
    [InlineData("claude-3-7-sonnet-latest", "3-7-sonnet")]
    [InlineData("claude-3-5-sonnet-20240620", "3-5-sonnet")]
    [InlineData("claude-v2:1", "v2-1")]
    [InlineData("claude-20250929", "20250929")]
    [InlineData("gpt-5", "")]
    public void An_alias_and_its_snapshots_have_one_name(string model, string name)
    {
        Assert.Equal(name, OverheadTable.Normalize(model));
        Assert.Equal(name, OverheadTable.Find(model).Name);
    }

    [Theory]
    [InlineData("claude-opus-5", 286, 406)]
    [InlineData("claude-opus-4-8", 290, 410)]
    [InlineData("claude-opus-4-7", 675, 804)]
    [InlineData("claude-sonnet-4-6", 497, 589)]
    [InlineData("claude-haiku-4-5", 496, 588)]
    [InlineData("claude-sonnet-5", 354, 474)]
    [InlineData("claude-opus-4-1", 313, 315)]
    [InlineData("claude-3-5-haiku-20241022", 264, 355)]
    [InlineData("claude-3-opus-20240229", 530, 281)]
    public void The_prompt_that_explains_tools_is_the_documented_one(string model, int free, int forced)
    {
        var found = OverheadTable.Of(model);

        Assert.Equal((free, forced), (found.ToolPrompt, found.ForcedToolPrompt));
    }

    [Fact]
    public void Joining_a_message_takes_away_no_more_than_its_own_frame() =>
        Assert.All(OverheadTable.All, model => Assert.True(model.Weights[Feature.Message] + model.Weights[Feature.JoinedMessage] >= 0, model.Prefix));
}
