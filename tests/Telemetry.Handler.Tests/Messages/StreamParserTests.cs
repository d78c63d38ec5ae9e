using CostLedger.Records;
using Telemetry.Handler.Documents;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

public sealed class StreamParserTests
{
    private const string Start = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","model":"m","content":[],"usage":{"input_tokens":17,"cache_read_input_tokens":5,"output_tokens":1}}}


        """;

    private const string Stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    [Fact]
    public void A_plain_answer_is_read_in_full()
    {
        var facts = Feeding.Stream(Samples.Text);

        Assert.Equal(("msg_01", "claude-opus-4-7", "end_turn"), (facts.MessageId, facts.Model, facts.StopReason));
        Assert.Equal(
            new TokenUsage
            {
                InputTokens = 12,
                OutputTokens = 57,
                CacheCreationInputTokens = 30,
                CacheReadInputTokens = 400,
                CacheCreation5mInputTokens = 10,
                CacheCreation1hInputTokens = 20,
                ThinkingTokens = 9,
                ServiceTier = "standard",
                InferenceGeo = "global",
            },
            facts.Usage);
        Assert.True(facts.IsComplete && facts.OutputIsFinal && facts.SawMessageStart && facts.SawMessageDelta && facts.SawMessageStop);
        Assert.Equal((8, 1, 1, 2), (facts.Events, facts.Pings, facts.ContentBlocks, facts.Deltas));
        Assert.Equal(new Received(Text: 20 + 29, 0, 0, 0, 0), facts.Received);
        Assert.False(facts.HiddenThinking);
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void The_last_usage_replaces_and_never_adds()
    {
        var facts = Feeding.Stream(Samples.ThinkingAndTools);

        Assert.Equal(
            new TokenUsage
            {
                InputTokens = 2088,
                OutputTokens = 700,
                CacheCreationInputTokens = 14789,
                CacheReadInputTokens = 46134,
                CacheCreation5mInputTokens = 0,
                CacheCreation1hInputTokens = 0,
                WebSearchRequests = 2,
                WebFetchRequests = 1,
                Speed = "fast",
                Iterations =
                [
                    new() { Type = "message", InputTokens = 220, OutputTokens = 34, CacheReadInputTokens = 0, CacheCreationInputTokens = 0 },
                    new() { Type = "compaction", InputTokens = 55196, OutputTokens = 2000, CacheCreation5mInputTokens = 7, CacheCreation1hInputTokens = 8 },
                    new() { Type = "advisor_message", Model = "claude-opus-4-7", InputTokens = 1, OutputTokens = 2 },
                ],
            },
            facts.Usage);
        Assert.Equal("msg_02", facts.MessageId);
    }

    [Fact]
    public void Thinking_that_is_not_shown_is_noticed_and_sized_by_what_there_is()
    {
        var facts = Feeding.Stream(Samples.ThinkingAndTools);

        Assert.True(facts.HiddenThinking);
        Assert.Equal(50, facts.EstimatedThinkingTokens);
        Assert.Equal(new Received { ToolInput = 26, Signature = 12 }, facts.Received);
    }

    [Fact]
    public void Signs_of_the_context_being_changed_are_kept()
    {
        var facts = Feeding.Stream(Samples.ThinkingAndTools);

        Assert.True(facts.Compacted && facts.ContextEdited);
        Assert.Equal(("tools_changed", 1500), (facts.CacheDiagnosis, facts.CacheMissedInputTokens));
        Assert.Equal(1, facts.UnknownEvents);
    }

    [Fact]
    public void An_edit_of_the_context_that_did_nothing_is_none() =>
        Assert.False(Feeding.Stream(Start + "data: {\"type\":\"message_delta\",\"context_management\":{\"applied_edits\":[]}}\n\n").ContextEdited);

    [Theory]
    [InlineData("null", "none")]
    [InlineData("""{"cache_miss_reason":null}""", "pending")]
    [InlineData("""{"cache_miss_reason":{"type":"unavailable"}}""", "unavailable")]
    public void The_cache_diagnosis_has_three_ways_to_say_little(string diagnostics, string expected) =>
        Assert.Equal(expected, Feeding.Stream($$$"""data: {"type":"message_start","message":{"diagnostics":{{{diagnostics}}}}}""" + "\n\n").CacheDiagnosis);

    [Fact]
    public void An_error_may_come_in_the_middle()
    {
        var facts = Feeding.Stream(Samples.ErrorInTheMiddle);

        Assert.True(facts.SawErrorEvent && facts.SawMessageStart && !facts.IsComplete && !facts.OutputIsFinal);
        Assert.Equal(("overloaded_error", "req_9", 8), (facts.ErrorType, facts.RequestIdFromBody, facts.Usage.InputTokens));
        Assert.Equal(3, facts.Received.Text);
        Assert.Empty(facts.FaultNames);
    }

    [Theory]
    [InlineData("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n", "overloaded_error", "")]
    [InlineData("event: error\ndata: {\"error\":{\"type\":\"api_error\"}}\n\n", "api_error", "")]
    [InlineData("event: error\ndata: upstream died\n\n", null, "malformed_json")]
    [InlineData("event: error\ndata: {\"error\":\"died\"}\n\n", null, "")]
    public void An_error_may_come_first(string stream, string? type, string faults)
    {
        var facts = Feeding.Stream(stream);

        Assert.True(facts.SawErrorEvent);
        Assert.False(facts.SawMessageStart || facts.HasUsage || facts.IsComplete);
        Assert.Equal((type, faults, 1), (facts.ErrorType, string.Join(",", facts.FaultNames), facts.Events));
    }

    [Fact]
    public void A_message_may_come_whole_in_its_start()
    {
        var facts = Feeding.Stream("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","model":"m","content":[{"type":"tool_use","id":"t","name":"n","input":{"a":1},"caller":{"type":"code_execution"}}],"stop_reason":"tool_use","usage":{"input_tokens":0,"output_tokens":0}}}


            """ + Stop);

        Assert.True(facts.IsComplete && facts.OutputIsFinal && !facts.SawMessageDelta);
        Assert.Equal(("tool_use", 1, 0, 0), (facts.StopReason, facts.ContentBlocks, facts.Usage.InputTokens, facts.Usage.OutputTokens));
        Assert.Equal(7, facts.Received.ToolInput);
        Assert.Null(facts.FirstContent);
    }

    [Fact]
    public void The_placeholder_of_the_start_is_not_the_output()
    {
        var facts = Feeding.Stream(Start + Stop);

        Assert.Equal(1, facts.Usage.OutputTokens);
        Assert.False(facts.OutputIsFinal);
    }

    [Fact]
    public void A_delta_with_output_only_keeps_the_input_of_the_start()
    {
        var facts = Feeding.Stream(Start + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}\n\n");

        Assert.Equal((17, 5, 9), (facts.Usage.InputTokens, facts.Usage.CacheReadInputTokens, facts.Usage.OutputTokens));
        Assert.True(facts.OutputIsFinal && !facts.IsComplete);
    }

    [Fact]
    public void Nulls_replace_nothing_and_the_last_of_several_deltas_wins()
    {
        var facts = Feeding.Stream(Start
            + "data: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":9,\"service_tier\":\"priority\"}}\n\n"
            + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":12,\"input_tokens\":null,\"service_tier\":null}}\n\n"
            + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null},\"usage\":{\"output_tokens\":null}}\n\n");

        Assert.Equal((17, 12, "priority", "end_turn"), (facts.Usage.InputTokens, facts.Usage.OutputTokens, facts.Usage.ServiceTier, facts.StopReason));
    }

    [Fact]
    public void The_same_start_twice_counts_once()
    {
        var facts = Feeding.Stream(Start + Start + Stop);

        Assert.Equal((17, 1), (facts.Usage.InputTokens, facts.DuplicateMessageStarts));
        Assert.Equal("duplicate_message_start", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void Another_messages_start_in_the_middle_takes_over()
    {
        var other = """data: {"type":"message_start","message":{"id":"msg_2","model":"n","usage":{"input_tokens":4,"output_tokens":2}}}""" + "\n\n";

        var facts = Feeding.Stream(Start + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"pause\"},\"usage\":{\"output_tokens\":5}}\n\n" + other);

        Assert.Equal(("msg_2", "n", 4, null, null), (facts.MessageId, facts.Model, facts.Usage.InputTokens, facts.Usage.CacheReadInputTokens, facts.StopReason));
        Assert.False(facts.OutputIsFinal);
    }

    [Fact]
    public void Nothing_counts_after_the_stop()
    {
        var late = "event: ping\ndata: {\"type\":\"ping\"}\n\n"
            + "data: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":99999}}\n\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"late\"}}\n\n"
            + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}\n\n";

        var facts = Feeding.Stream(Start + Stop + late);

        Assert.Equal((1, 4, 6, 0), (facts.Usage.OutputTokens, facts.EventsAfterStop, facts.Events, facts.Received.Text));
        Assert.True(facts.IsComplete && !facts.SawErrorEvent && facts.ErrorType is null);
        Assert.Equal("events_after_stop", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void Other_apis_end_marks_and_late_pings_are_no_faults() =>
        Assert.Empty(Feeding.Stream(Start + "data: [DONE]\n\n" + Stop + "event: ping\ndata: {\"type\":\"ping\"}\n\ndata: [DONE]\n\n").FaultNames);

    [Fact]
    public void A_ping_without_data_is_a_ping()
    {
        var facts = Feeding.Stream("event: ping\ndata:\n\nevent: ping\ndata: \n\n");

        Assert.Equal((2, 2), (facts.Pings, facts.Events));
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void The_name_of_an_event_helps_where_the_data_has_no_type()
    {
        var facts = Feeding.Stream("event: message_start\ndata: {\"message\":{\"id\":\"msg_7\"}}\n\nevent: message_stop\ndata: {}\n\n");

        Assert.True(facts.SawMessageStart && facts.IsComplete);
        Assert.Equal("msg_7", facts.MessageId);
    }

    [Fact]
    public void An_event_that_is_whole_counts_without_its_empty_line()
    {
        var facts = Feeding.Stream(Start + Stop.TrimEnd());

        Assert.True(facts.IsComplete);
        Assert.False(Feeding.Stream(Start + Stop.TrimEnd()[..^1]).IsComplete);
        Assert.Empty(Feeding.Stream(Start + Stop.TrimEnd()[..^1]).FaultNames);
    }

    [Fact]
    public void Data_in_several_lines_is_one_document()
    {
        var facts = Feeding.Stream("data: {\"type\":\ndata:\"message_start\",\"message\":\ndata: {\"id\":\"msg_1\"}\ndata: }\n\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}\ndata:  \n\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}\ndata: x\n\n");

        Assert.Equal(("msg_1", 1, 3), (facts.MessageId, facts.Received.Text, facts.Events));
        Assert.Equal("malformed_json", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void Compaction_is_output_of_its_own()
    {
        var facts = Feeding.Stream(Start
            + "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"compaction\",\"content\":null}}\n\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"compaction_delta\",\"content\":\"summary\"}}\n\n");

        Assert.True(facts.Compacted);
        Assert.Equal(new Received { Compaction = 7 }, facts.Received);
    }

    [Theory]
    [InlineData("""{"status":"not_applied"}""", "not_applied")]
    [InlineData("""{"status":{"type":"redeemed"}}""", "redeemed")]
    public void A_fallback_credit_is_understood_in_both_forms(string credit, string expected) =>
        Assert.Equal(expected, Feeding.Stream($$$"""data: {"type":"message_delta","usage":{"fallback_credit":{{{credit}}}}}""" + "\n\n").Usage.FallbackCreditStatus);
}
