using CostLedger.Records;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

/// <summary>Fixtures of official SDKs, for shapes that no recording has.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void A_fallback_that_ends_the_answer_has_one_iteration()
    {
        var facts = Feeding.Stream(Read("sdk-go.fallback-end.sse"));

        Assert.Equal(("fallback-model", "end_turn", 547, 31), (facts.Model, facts.StopReason, facts.Usage.OutputTokens, facts.Usage.InputTokens));
        Assert.Equal("message", Assert.Single(facts.Usage.Iterations).Type);
        Assert.True(facts.IsComplete);
    }

    [Fact]
    public void A_compaction_block_is_noticed()
    {
        var facts = Feeding.Stream(Read("sdk-python.compaction_response.sse"));

        Assert.Equal((30, 8, 2), (facts.Usage.InputTokens, facts.Usage.OutputTokens, facts.ContentBlocks));
        Assert.True(facts.Compacted && facts.IsComplete);
        Assert.Equal((12, "Earlier conversation summarized.".Length), (facts.Received.Text, facts.Received.Compaction));
    }

    [Fact]
    public void A_fallback_credit_is_read() =>
        Assert.Equal("redeemed", Feeding.Stream(Read("sdk-python.fallback_credit_response.sse")).Usage.FallbackCreditStatus);

    [Fact]
    public void A_refusal_in_a_stream_without_a_category_has_none()
    {
        var facts = Feeding.Stream(Read("sdk-python.stream-a-refusal.sse"));

        Assert.Equal(("refusal", null, 106, 67), (facts.StopReason, facts.RefusalCategory, facts.Usage.OutputTokens, facts.Usage.ThinkingTokens));
        Assert.False(facts.HiddenThinking);
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void A_stream_that_a_fallback_goes_on_with_is_whole()
    {
        var facts = Feeding.Stream(Read("sdk-python.stream-b-fallback.sse"));

        Assert.Equal(("claude-opus-4-8", "end_turn"), (facts.Model, facts.StopReason));
        Assert.True(facts.IsComplete && facts.OutputIsFinal);
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void A_refused_body_tells_its_category()
    {
        var facts = Feeding.Body(Read("vercel-ai.anthropic-refusal.json"));

        Assert.Equal(("refusal", "cyber"), (facts.StopReason, facts.RefusalCategory));
        Assert.Equal(
            new TokenUsage
            {
                InputTokens = 18,
                OutputTokens = 5,
                CacheCreationInputTokens = 0,
                CacheReadInputTokens = 0,
                CacheCreation5mInputTokens = 0,
                CacheCreation1hInputTokens = 0,
                ServiceTier = "standard",
                InferenceGeo = "not_available",
            },
            facts.Usage);
    }

    [Fact]
    public void A_second_message_spliced_into_the_first_takes_over()
    {
        var events = Read("vercel-ai.spliced-message-start.chunks.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var facts = Feeding.Stream(string.Concat(events.Select(e => $"data: {e}\n\n")));

        Assert.Equal(("msg_second", "tool_use", 17, 65), (facts.MessageId, facts.StopReason, facts.Usage.InputTokens, facts.Usage.OutputTokens));
        Assert.Equal("duplicate_message_start", Assert.Single(facts.FaultNames));
        Assert.True(facts.IsComplete);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(SharedData.RequireRoot(), "recorded", "shapes", name));
}
