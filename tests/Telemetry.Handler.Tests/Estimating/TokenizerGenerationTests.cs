using Telemetry.Handler.Estimating;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating;

public sealed class TokenizerGenerationTests
{
    [Theory]
    [InlineData("claude-3-5-sonnet-20241022")]
    [InlineData("claude-3-opus-20240229")]
    [InlineData("anthropic.claude-v2:1")]
    [InlineData("anthropic.claude-instant-v1")]
    [InlineData("claude-2.1")]
    [InlineData("claude-opus-4-20250514")]
    [InlineData("claude-opus-4@20250514")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("claude-opus-4-6")]
    [InlineData("anthropic/claude-haiku-4.5")]
    [InlineData("claude-sonnet-4-0")]
    public void To_claude_4_6_the_first_tokenizer_is_used(string model)
    {
        Assert.Same(TokenizerGeneration.First, TokenizerGeneration.Of(model));
    }

    [Theory]
    [InlineData("claude-opus-4-7")]
    [InlineData("anthropic.claude-opus-4-8-v1:0")]
    [InlineData("claude-sonnet-5")]
    [InlineData("claude-sonnet-5[1m]")]
    [InlineData("claude-haiku-5-5")]
    [InlineData("claude-fable-5-2")]
    [InlineData("claude-mythos-preview")]
    [InlineData("anthropic/claude-opus-5.5")]
    [InlineData("my-deployment")]
    [InlineData("claude-")]
    [InlineData("")]
    [InlineData(null)]
    public void From_claude_4_7_and_for_unknown_models_the_second_is_used(string? model)
    {
        Assert.Same(TokenizerGeneration.Second, TokenizerGeneration.Of(model));
    }
}
