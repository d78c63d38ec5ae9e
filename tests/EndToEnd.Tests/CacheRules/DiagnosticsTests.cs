using System.Text.Json.Nodes;
using MessagesSimulator.Caching;
using Xunit;

namespace EndToEnd.Tests.CacheRules;

/// <summary>The API's own comparison of two requests.</summary>
public sealed class DiagnosticsTests
{
    private readonly Ask _ask = new();

    [Fact]
    public void Who_does_not_ask_is_told_nothing()
    {
        var answer = _ask.Cache.Ask(Ask.Bytes(Ask.Levels()), Ask.Me).Begin();

        Assert.False(answer.HasDiagnostics);
        Assert.Null(answer.Diagnostics);
    }

    [Fact]
    public void The_first_turn_has_nothing_to_compare_with()
    {
        var answer = Asking(Ask.Levels(), previous: null);

        Assert.True(answer.HasDiagnostics);
        Assert.Null(answer.Diagnostics);
    }

    [Fact]
    public void A_request_that_extends_the_other_does_not_diverge()
    {
        Asking(Ask.Levels(), previous: null).Begin("msg_first");
        var next = Ask.Levels();
        next["messages"]!.AsArray().Add((JsonNode)Ask.Message("assistant", Ask.Block(9)));

        Assert.Null(Asking(next, "msg_first").Diagnostics);
    }

    [Theory]
    [InlineData("model", "\"claude-opus-5\"", "model_changed", 9000)]
    [InlineData("speed", "\"fast\"", "model_changed", 9000)]
    [InlineData("tools", "[]", "tools_changed", 9000)]
    [InlineData("system", "\"x\"", "system_changed", 7000)]
    [InlineData("messages", """[{"role":"user","content":"x"}]""", "messages_changed", 4000)]
    [InlineData("tool_choice", """{"type":"any"}""", "unavailable", null)]
    [InlineData("thinking", """{"type":"adaptive"}""", "unavailable", null)]
    [InlineData("output_config", """{"effort":"low"}""", "unavailable", null)]
    [InlineData("context_management", """{"edits":[]}""", "unavailable", null)]
    public void The_earliest_difference_is_told(string member, string value, string reason, int? tokens)
    {
        Asking(Ask.Levels(), previous: null).Begin("msg_first");

        var told = Asking(Ask.With(Ask.Levels(), member, JsonNode.Parse(value)), "msg_first").Diagnostics!["cache_miss_reason"]!;

        Assert.Equal(reason, (string?)told["type"]);
        var missed = (int?)told["cache_missed_input_tokens"];
        Assert.Equal(tokens is null, missed is null);
        Assert.InRange(missed ?? 0, tokens ?? 0, (tokens ?? 0) + 200);
    }

    [Fact]
    public void Other_betas_cannot_be_compared()
    {
        Asking(Ask.Levels(), previous: null).Begin("msg_first");

        Assert.Equal("unavailable", Reason(Asking(Ask.Levels(), "msg_first", betas: "a-2025-01-01")));
    }

    [Fact]
    public void What_is_not_kept_cannot_be_found()
    {
        _ask.Cache.Ask(Ask.Bytes(Ask.Levels()), Ask.Me).Begin("msg_unasked");
        Asking(Ask.Levels(), previous: null).Begin("msg_mine");

        Assert.Equal("previous_message_not_found", Reason(Asking(Ask.Levels(), "msg_unasked")));
        Assert.Equal("previous_message_not_found", Reason(Asking(Ask.Levels(), "msg_mine", new CacheCaller("me", "another workspace"))));
    }

    [Fact]
    public void It_compares_requests_and_no_hits()
    {
        Asking(Ask.Levels(), previous: null).Begin("msg_first");
        _ask.Cache.Evict();

        var answer = Asking(Ask.Levels(), "msg_first");

        Assert.Equal(0, answer.Usage.CacheReadInputTokens);
        Assert.Null(answer.Diagnostics);
    }

    [Fact]
    public void A_comparison_that_is_late_says_so()
    {
        var late = new Ask(new PromptCacheOptions { DiagnosticsAreLate = true });
        late.Cache.Ask(Ask.Bytes(Request(Ask.Levels(), null)), Ask.Me).Begin("msg_first");

        var told = late.Cache.Ask(Ask.Bytes(Request(Ask.Levels(), "msg_first")), Ask.Me).Diagnostics;

        Assert.Equal("""{"cache_miss_reason":null}""", told!.ToJsonString());
    }

    private PendingAnswer Asking(JsonObject request, string? previous, CacheCaller? caller = null, string betas = "") =>
        _ask.Cache.Ask(Ask.Bytes(Request(request, previous)), caller ?? Ask.Me, betas);

    private static JsonObject Request(JsonObject request, string? previous) =>
        Ask.With(request, "diagnostics", new JsonObject { ["previous_message_id"] = previous });

    private static string? Reason(PendingAnswer answer) => (string?)answer.Diagnostics!["cache_miss_reason"]!["type"];
}
