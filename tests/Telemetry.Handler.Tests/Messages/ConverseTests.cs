using CostLedger.Records;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Tests.EventStreams;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

public sealed class ConverseTests
{
    [Fact]
    public void A_whole_answer_tells_usage_stop_reason_and_what_was_received()
    {
        var facts = Feeding.Body(ConverseSamples.Body);

        Assert.Equal(
            new TokenUsage
            {
                InputTokens = 3,
                OutputTokens = 121,
                CacheReadInputTokens = 1712,
                CacheCreationInputTokens = 37,
                CacheCreation5mInputTokens = 20,
                CacheCreation1hInputTokens = 16,
                ServiceTier = "flex",
            },
            facts.Usage);
        Assert.Equal(("guardrail_intervened", true, true, 4), (facts.StopReason, facts.IsComplete, facts.OutputIsFinal, facts.ContentBlocks));
        Assert.Equal((13, 10, 4, true), (facts.Received.Text, facts.Received.Thinking, facts.Received.Signature, facts.HiddenThinking));
        Assert.Equal("""{"query":["a}",{"usage":{"inputTokens":9}}]}""".Length, facts.Received.ToolInput);
        Assert.Equal(new InvocationMetrics { InvocationLatency = TimeSpan.FromMilliseconds(1234) }, facts.InvocationMetrics);
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void A_stream_tells_its_usage_in_its_last_event()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, ConverseSamples.Stream);

        Assert.Equal(
            new TokenUsage { InputTokens = 435, OutputTokens = 68, CacheReadInputTokens = 11, CacheCreationInputTokens = 0, ServiceTier = "standard" },
            facts.Usage);
        Assert.Equal(("tool_use", true, true), (facts.StopReason, facts.IsComplete, facts.OutputIsFinal));
        Assert.Equal((13, 6, 3), (facts.Events, facts.Deltas, facts.ContentBlocks));
        Assert.Equal((9, 7, 3, 8), (facts.Received.Text, facts.Received.ToolInput, facts.Received.Thinking, facts.Received.Signature));
        Assert.Equal(TimeSpan.FromMilliseconds(1033), facts.InvocationMetrics?.InvocationLatency);
        Assert.False(facts.HiddenThinking);
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void A_stream_is_whole_once_its_usage_and_its_stop_were_seen_in_any_order()
    {
        Assert.False(Feeding.Whole(AnswerKind.EventStream, Frames.Join(ConverseSamples.Start, ConverseSamples.Text, ConverseSamples.Stop)).IsComplete);
        Assert.False(Feeding.Whole(AnswerKind.EventStream, Frames.Join(ConverseSamples.Start, ConverseSamples.Text, ConverseSamples.Metadata)).IsComplete);

        var turned = Feeding.Whole(AnswerKind.EventStream, Frames.Join(ConverseSamples.Start, ConverseSamples.Metadata, ConverseSamples.Stop));
        Assert.Equal((true, 68, "tool_use"), (turned.IsComplete, turned.Usage.OutputTokens, turned.StopReason));
    }

    [Fact]
    public void A_stream_without_usage_is_whole_all_the_same()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Join(ConverseSamples.Start, ConverseSamples.Stop, Frames.Event("metadata", """{"metrics":{"latencyMs":5}}""")));

        Assert.Equal((true, false, false), (facts.IsComplete, facts.HasUsage, facts.OutputIsFinal));
    }

    [Fact]
    public void Milestones_are_those_of_any_stream()
    {
        var time = new StoppedTime { Ticks = 1000 };
        var sink = new Sink();
        var parser = AnswerParser.Create(AnswerKind.EventStream, contentEncoding: null, time, 500, sink);
        byte[][] parts = [ConverseSamples.Start, ConverseSamples.Text, ConverseSamples.Tool, ConverseSamples.Reasoning, ConverseSamples.Stop, ConverseSamples.Metadata];
        foreach (var part in parts)
        {
            time.Ticks += 100;
            parser.Feed(part);
        }

        Assert.Equal(
            [
                "MessageStart -1  1100", "ContentBlockStart 0 text 1200", "FirstContent -1  1200", "ContentBlockStop -1  1200",
                "ContentBlockStart 1 tool_use 1300", "ContentBlockStop -1  1300", "ContentBlockStart 2 thinking 1400", "ContentBlockStop -1  1400", "MessageDelta -1  1500", "MessageStop -1  1600",
            ],
            sink.Told,
            StringComparer.Ordinal);
        Assert.Equal((600, 700), (parser.Facts.FirstEvent!.Value.Ticks, parser.Facts.FirstContent!.Value.Ticks));
    }

    [Theory]
    [InlineData("""{"contentBlockIndex":0,"delta":{"reasoningContent":{"redactedContent":"AAAA"}}}""")]
    [InlineData("""{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":""}}}""")]
    [InlineData("""{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"c2ln"}}}""")]
    public void Thinking_that_is_not_shown_is_noticed(string delta)
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Join(ConverseSamples.Start, Frames.Event("contentBlockDelta", delta)));

        Assert.True(facts.HiddenThinking);
    }

    [Fact]
    public void An_exception_is_the_streams_error()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Join(
            ConverseSamples.Start, ConverseSamples.Text, Frames.Exception("modelStreamErrorException", """{"message":"no","originalStatusCode":424}""")));

        Assert.Equal(("modelStreamErrorException", true, false), (facts.ErrorType, facts.SawErrorEvent, facts.IsComplete));
    }

    [Fact]
    public void Null_members_are_no_content()
    {
        var facts = Feeding.Body("""{"output":{"message":{"content":[{"text":"hi","toolUse":null,"reasoningContent":null}]}},"stopReason":"end_turn","usage":null}""");

        Assert.Equal((2, 0, false, false), (facts.Received.Text, facts.Received.ToolInput, facts.HiddenThinking, facts.HasUsage));
    }

    private sealed class Sink : IMilestoneSink
    {
        public List<string> Told { get; } = [];

        public void OnMilestone(Milestone kind, int index, string? blockType, long timestamp) =>
            Told.Add($"{kind} {index} {blockType} {timestamp}");
    }
}
