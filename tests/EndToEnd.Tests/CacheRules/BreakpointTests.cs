using System.Text.Json.Nodes;
using MessagesSimulator.Errors;
using Xunit;

namespace EndToEnd.Tests.CacheRules;

/// <summary>Where breakpoints may be, and those that nobody set.</summary>
public sealed class BreakpointTests
{
    private readonly Ask _ask = new();

    [Theory]
    [InlineData(4, false, null)]
    [InlineData(5, false, "A maximum of 4 blocks")]
    [InlineData(3, true, null)]
    [InlineData(4, true, "A maximum of 4 blocks")]
    public void Four_breakpoints_are_the_most_and_the_automatic_one_counts(int marked, bool automatic, string? refusal)
    {
        JsonObject[] blocks = [.. Enumerable.Range(0, marked).Select(_ => Ask.Block(1100, "5m")), Ask.Block(5)];
        var request = Ask.Request(Ask.User(blocks));
        if (automatic)
        {
            request["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        }

        Expect(request, refusal);
    }

    [Theory]
    [InlineData("1h", "5m", null)]
    [InlineData("5m", "5m", null)]
    [InlineData("5m", "1h", "must not come after")]
    public void An_hour_comes_before_five_minutes(string first, string second, string? refusal) =>
        Expect(Ask.Request(Ask.User(Ask.Block(1500, first), Ask.Block(1500, second))), refusal);

    [Theory]
    [InlineData("5m", null)]
    [InlineData("1h", "different ttls")]
    public void On_a_marked_block_the_automatic_breakpoint_adds_nothing_or_contradicts(string ttl, string? refusal)
    {
        var request = Ask.Request(Ask.User(Ask.Block(2000, "5m")));
        request["cache_control"] = new JsonObject { ["type"] = "ephemeral", ["ttl"] = ttl };

        Expect(request, refusal);
        if (refusal is null)
        {
            Assert.Equal((2000, 1), (_ask.Read(request), _ask.Cache.EntryCount));
        }
    }

    [Fact]
    public void The_automatic_breakpoint_walks_back_to_a_block_that_can_have_it()
    {
        var thought = new JsonObject { ["type"] = "thinking", ["thinking"] = Ask.Text(50), ["signature"] = "s" };
        var request = Ask.Request(Ask.User(Ask.Block(2000)), Ask.Message("assistant", thought));
        request["cache_control"] = new JsonObject { ["type"] = "ephemeral" };

        Assert.Equal((0, 2000, 0, 50), _ask.Send(request));
    }

    [Theory]
    [InlineData("""{"type":"thinking","thinking":"x","signature":"s"}""", "thinking")]
    [InlineData("""{"type":"redacted_thinking","data":"x"}""", "redacted_thinking")]
    [InlineData("""{"type":"text","text":""}""", "empty text")]
    public void Some_blocks_cannot_be_marked(string block, string name) => Expect(
        Ask.Request(Ask.User(Ask.Block(9)), Ask.Message("assistant", Ask.Marked(JsonNode.Parse(block)!.AsObject(), "5m"))), $"cannot be set for {name} blocks");

    [Fact]
    public void Other_lifetimes_are_refused() => Expect(Ask.Request(Ask.User(Ask.Block(2000, "2h"))), "'5m' or '1h'");

    [Fact]
    public void Thinking_is_cached_along_with_what_follows_it()
    {
        var thought = new JsonObject { ["type"] = "thinking", ["thinking"] = Ask.Text(2000), ["signature"] = "s" };

        Assert.Equal((0, 2010, 0, 0), _ask.Send(Ask.Request(Ask.User(Ask.Block(5)), Ask.Message("assistant", thought), Ask.User(Ask.Block(5, "5m")))));
    }

    [Fact]
    public void A_mark_within_a_result_marks_nothing_and_changes_nothing()
    {
        Assert.Equal((0, 0, 0, 2000), _ask.Send(Result(inner: "5m", outer: null)));
        Assert.Equal((0, 2000, 0, 0), _ask.Send(Result(inner: null, outer: "5m")));
        Assert.Equal((2000, 0, 0, 0), _ask.Send(Result(inner: "5m", outer: "5m")));

        static JsonObject Result(string? inner, string? outer) => Ask.Request(Ask.User(Ask.Marked(
            new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = "t", ["content"] = new JsonArray(Ask.Block(2000, inner)) }, outer)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("1h", true)]
    [InlineData("5m", true)]
    public void A_servers_result_is_cached_for_five_minutes_when_anything_is_marked(string? ttl, bool cached)
    {
        var result = new JsonObject { ["type"] = "web_search_tool_result", ["tool_use_id"] = "srvtoolu_1", ["content"] = new JsonArray() };
        var request = Ask.Request(Ask.User(Ask.Block(2000, ttl)), Ask.Message("assistant", result), Ask.User(Ask.Block(100)));
        var sent = _ask.Send(request);
        var longer = (JsonObject)request.DeepClone();
        longer["messages"]!.AsArray().Add((JsonNode)Ask.User(Ask.Block(10)));

        Assert.Equal(cached, sent.Write5m > 0);
        Assert.Equal(ttl is "1h" ? 2000 : 0, sent.Write1h);
        Assert.Equal(cached ? sent.Write5m + sent.Write1h : 0, _ask.Read(longer));
        Assert.Equal(cached, sent.Write5m + sent.Write1h > 2000);
    }

    [Fact]
    public void A_servers_result_needs_no_breakpoint_of_the_four()
    {
        var result = new JsonObject { ["type"] = "code_execution_tool_result", ["tool_use_id"] = "srvtoolu_1", ["content"] = "x" };
        var request = Ask.Request(
            Ask.User(Ask.Block(1500, "1h"), Ask.Block(1, "1h"), Ask.Block(1, "1h")), Ask.Message("assistant", result), Ask.User(Ask.Block(9, "1h")));

        Assert.Equal(0, _ask.Send(request).Write5m);
        Assert.Equal(4 + 1, _ask.Cache.EntryCount);
    }

    [Theory]
    [InlineData("stream", "true", "max_tokens: 0")]
    [InlineData("thinking", """{"type":"enabled","budget_tokens":1024}""", "max_tokens: 0")]
    [InlineData("output_config", """{"format":{"type":"json_schema","schema":{}}}""", "max_tokens: 0")]
    [InlineData("tool_choice", """{"type":"any"}""", "max_tokens: 0")]
    [InlineData("tool_choice", """{"type":"auto"}""", null)]
    public void Warming_up_asks_for_no_answer_and_nothing_else(string member, string value, string? refusal)
    {
        var request = Ask.With(Ask.Levels(), "max_tokens", 0);

        Expect(Ask.With(request, member, JsonNode.Parse(value)), refusal);
        if (refusal is null)
        {
            Assert.Equal(9000, _ask.Read(Ask.Levels()));
        }
    }

    [Fact]
    public void Results_that_the_server_clears_change_the_prompt_from_there_on()
    {
        _ask.Send(Calls(3, 10_000));

        Assert.Equal(2000 + (3 * (2 + 100)), _ask.Read(Calls(3, 10_000)));
        Assert.Equal(2000 + 2, _ask.Read(Calls(3, 2100)));

        static JsonObject Calls(int count, int trigger)
        {
            var messages = new List<JsonObject> { Ask.User(Ask.Block(2000, "5m")) };
            for (var i = 0; i < count; i++)
            {
                var id = $"toolu_{i}";
                messages.Add(Ask.Message("assistant", Ask.Marked(
                    new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = "tool", ["input"] = new JsonObject() }, i == 0 ? "5m" : null)));
                messages.Add(Ask.User(Ask.Marked(
                    new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = id, ["content"] = Ask.Text(100) }, i == count - 1 ? "5m" : null)));
            }

            return Ask.With(Ask.Request([.. messages]), "context_management", new JsonObject
            {
                ["edits"] = new JsonArray(new JsonObject
                {
                    ["type"] = "clear_tool_uses_20250919",
                    ["trigger"] = new JsonObject { ["type"] = "input_tokens", ["value"] = trigger },
                    ["keep"] = new JsonObject { ["type"] = "tool_uses", ["value"] = 1 },
                }),
            });
        }
    }

    private void Expect(JsonObject request, string? refusal)
    {
        if (refusal is null)
        {
            Assert.True(_ask.Cache.Answer(Ask.Bytes(request), Ask.Me).TotalTokens > 0);
            return;
        }

        var refused = Assert.Throws<ApiException>(() => _ask.Cache.Answer(Ask.Bytes(request), Ask.Me));
        Assert.Equal((400, "invalid_request_error"), (refused.Status, refused.Type));
        Assert.Contains(refusal, refused.Message, StringComparison.Ordinal);
    }
}
