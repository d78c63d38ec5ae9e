using CostLedger.Records;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

public sealed class BodyParserTests
{
    [Fact]
    public void A_whole_answer_is_read_in_full()
    {
        var facts = Feeding.Body(Samples.Body);

        Assert.Equal(("msg_04", "claude-opus-5", "refusal", "cyber"), (facts.MessageId, facts.Model, facts.StopReason, facts.RefusalCategory));
        Assert.Equal(
            new TokenUsage
            {
                InputTokens = 10,
                OutputTokens = 44,
                CacheCreationInputTokens = 5,
                CacheReadInputTokens = 6,
                CacheCreation5mInputTokens = 2,
                CacheCreation1hInputTokens = 3,
                ThinkingTokens = 11,
                ServiceTier = "priority",
                Speed = "standard",
                InferenceGeo = "us",
                FallbackCreditStatus = "redeemed",
            },
            facts.Usage);
        Assert.True(facts.IsComplete && facts.OutputIsFinal && facts.HasUsage && facts.HiddenThinking);
        Assert.Equal(("none", 5, 0), (facts.CacheDiagnosis, facts.ContentBlocks, facts.Events));
        Assert.Equal(new Received(Text: 13, Thinking: 10, ToolInput: 36, Signature: 4, 0), facts.Received);
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void An_error_body_tells_its_type_its_request_and_the_size_of_the_prompt()
    {
        var facts = Feeding.Body(Samples.ErrorBody, AnswerKind.Error);

        Assert.Equal(("invalid_request_error", "too_long", "req_5", 200_027), (facts.ErrorType, facts.ErrorCode, facts.RequestIdFromBody, facts.PromptTokensFromError));
        Assert.False(facts.HasUsage || facts.SawErrorEvent);
    }

    [Theory]
    [InlineData("""{"message":"prompt is too long: 215001 tokens > 200000 maximum"}""", null, 215_001)]
    [InlineData("""[{"error":{"code":400,"message":"prompt is too long: 3 tokens > 2","status":"INVALID_ARGUMENT"}}]""", null, 3)]
    public void Other_providers_errors_tell_what_they_have(string body, string? type, long tokens)
    {
        var facts = Feeding.Body(body, AnswerKind.Error);

        Assert.Equal((type, tokens), (facts.ErrorType, facts.PromptTokensFromError));
    }

    [Theory]
    [InlineData(Samples.TokenCount, 2095)]
    [InlineData("""{"inputTokens":7}""", 7)]
    public void A_token_count_is_read(string body, long expected) =>
        Assert.Equal(expected, Feeding.Body(body, AnswerKind.TokenCount).InputTokensCounted);

    [Fact]
    public void What_is_known_of_a_body_that_was_cut_stays_known()
    {
        var facts = Feeding.Body(Samples.Body[..Samples.Body.IndexOf("\"stop_reason\"", StringComparison.Ordinal)]);

        Assert.Equal(("msg_04", 13, 5), (facts.MessageId, facts.Received.Text, facts.ContentBlocks));
        Assert.False(facts.IsComplete || facts.HasUsage || facts.OutputIsFinal);
        Assert.Equal("incomplete_json", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void Facts_can_be_asked_for_before_the_end()
    {
        var parser = Feeding.Parser(AnswerKind.MessageBody);

        parser.Feed("{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":5,"u8);

        Assert.Equal(("msg_1", 5), (parser.Facts.MessageId, parser.Facts.Usage.InputTokens));
        Assert.False(parser.Facts.IsComplete);
    }

    [Fact]
    public void The_last_of_equal_members_wins()
    {
        var facts = Feeding.Body("""{"id":"a","id":"b","usage":{"input_tokens":1,"output_tokens":2,"iterations":[{"type":"message"}]},"usage":{"input_tokens":3,"input_tokens":4}}""");

        Assert.Equal("b", facts.MessageId);
        Assert.Equal(new TokenUsage { InputTokens = 4 }, facts.Usage);
    }

    [Fact]
    public void Members_are_found_by_their_unescaped_name_and_place()
    {
        var facts = Feeding.Body("""{"\u0069d":"msg_\u00e9","x":{"id":"no","usage":{"input_tokens":1}},"content":[{"type":"tool_use","id":"no","model":"no","input":{"usage":{"input_tokens":1}}}]}""");

        Assert.Equal("msg_é", facts.MessageId);
        Assert.False(facts.HasUsage);
        Assert.Null(facts.Model);
    }

    [Fact]
    public void The_first_byte_of_a_body_is_its_first_event()
    {
        var time = new StoppedTime();
        var parser = Feeding.Parser(AnswerKind.MessageBody, time: time);
        time.Ticks = TimeSpan.TicksPerSecond;
        parser.Feed("{"u8);
        time.Ticks *= 5;
        parser.Feed("}"u8);

        Assert.Equal(TimeSpan.FromSeconds(1), parser.Facts.FirstEvent);
        Assert.Null(parser.Facts.FirstContent);
    }

    [Fact]
    public void Unparsed_answers_tell_nothing()
    {
        var facts = Feeding.Body(Samples.Body, AnswerKind.Unparsed);

        Assert.Equal(new TokenUsage(), facts.Usage);
        Assert.Null(facts.MessageId);
        Assert.Empty(facts.FaultNames);
    }
}
