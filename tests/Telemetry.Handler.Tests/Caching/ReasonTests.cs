using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Diagnosing;
using Xunit;
using static Telemetry.Handler.Tests.Caching.Draft;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>What a client changes between two turns, and what it is told; forecasts name the same reason as diagnoses.</summary>
public sealed class ReasonTests : IDisposable
{
    private readonly Lab _lab = new();

    public static TheoryData<string, string, string, string> Changes { get; } = new()
    {
        { "model", "model_changed", "tools", "model" },
        { "workspace", "workspace_changed", "tools", "workspace" },
        { "location", "speed_or_geo_changed", "tools", "location" },
        { "geo", "speed_or_geo_changed", "tools", "inference_geo" },
        { "speed", "speed_or_geo_changed", "system", "speed" },
        { "beta", "beta_header_changed", "tools", "anthropic-beta" },
        { "tool added", "tools_changed", "tools", "tools[5] \"late\" added" },
        { "tool first", "tools_changed", "tools", "tools[0] \"early\" added" },
        { "tool removed", "tools_changed", "tools", "tools[2] \"tool_2\" removed" },
        { "tool described", "tools_changed", "tools", "tools[3] \"tool_3\" description" },
        { "tool exchanged", "tools_changed", "tools", "tools[3] \"other\" in place of \"tool_3\"" },
        { "tools reordered", "tools_reordered", "tools", "tools[1] \"tool_2\" moved" },
        { "system changed", "system_changed", "system", "system[0] byte 0 of 608" },
        { "system added", "system_changed", "system", "system[0] byte 0 of" },
        { "system removed", "system_changed", "system", "system[0] byte 0 of" },
        { "choice", "tool_choice_changed", "messages", "tool_choice" },
        { "parallel", "tool_choice_changed", "messages", "tool_choice" },
        { "thinking", "thinking_changed", "messages", "thinking" },
        { "effort", "thinking_changed", "messages", "output_config.effort" },
        { "format", "system_changed", "messages", "output_config.format" },
        { "image", "images_changed", "messages", "images" },
        { "mcp", "tools_changed", "tools", "mcp_servers" },
        { "skills", "system_changed", "system", "container.skills" },
        { "budget", "messages_edited", "messages", "output_config.task_budget" },
        { "early message", "messages_edited", "messages", "messages[0].content[0] byte 0 of 365" },
        { "middle message", "messages_edited", "messages", "messages[4].content[0] byte 0 of 365" },
        { "front cut", "messages_edited", "messages", "messages[0].content[0] byte 0 of" },
        { "unmarked", "breakpoint_moved", "tools", "tools[4] \"tool_4\"" },
        { "end unmarked", "breakpoint_moved", "messages", "messages[10].content[0]" },
        { "far", "lookback_exceeded", "messages", "messages[10].content[0]" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_between_two_turns_is_named(string change, string reason, string level, string segment)
    {
        var draft = Texts.Conversation(1, 6);
        _lab.Send(draft);
        var before = _lab.Send(draft);
        _lab.PassMinutes(1);

        var (forecast, diagnosis, usage) = _lab.Send(Change(change, draft.Then(Texts.Of(91, 50), Texts.Of(92, 30))));

        Assert.NotNull(diagnosis);
        Assert.True(diagnosis.IsBreak);
        Assert.Equal(reason, CacheBreakReasons.NameOf(diagnosis.Reason));
        Assert.Equal(level, CacheBreakReasons.NameOf(diagnosis.Level));
        Assert.StartsWith(segment, Place(diagnosis), StringComparison.Ordinal);
        Assert.Equal(before.Forecast.Call.Id, diagnosis.ComparedWith);
        Assert.Equal(before.Usage.CacheReadInputTokens, diagnosis.Available);
        Assert.Equal(diagnosis.Available - usage.CacheReadInputTokens, diagnosis.LostTokens);
        Assert.Equal(Math.Min(diagnosis.Available, usage.TotalInputTokens ?? 0) - usage.CacheReadInputTokens, diagnosis.Lost.Total);
        Assert.Equal((diagnosis.Reason, Place(diagnosis)), (forecast.Break?.Reason, Place(forecast.Break)));

        // The tokens of a prefix in the middle are an estimate until one was read up to there.
        var read = usage.CacheReadInputTokens ?? 0;
        Assert.InRange(forecast.ReadTokens, 0.95 * read, 1.05 * read);
    }

    [Theory]
    [InlineData("tools", "5m", 6, "ttl_expired_5m")]
    [InlineData("system", "5m", 6, "ttl_expired_5m")]
    [InlineData("messages", "5m", 6, "ttl_expired_5m")]
    [InlineData("tools", "1h", 61, "ttl_expired_1h")]
    [InlineData("system", "1h", 61, "ttl_expired_1h")]
    [InlineData("messages", "1h", 61, "ttl_expired_1h")]
    public void A_lifetime_that_ends_is_named_on_every_level(string level, string lifetime, double minutes, string reason)
    {
        var draft = Marked(level, lifetime);
        _lab.Send(draft);
        _lab.PassMinutes(minutes);

        var (forecast, diagnosis, _) = _lab.Send(draft.Then("well", "go on"));

        Assert.Equal(reason, CacheBreakReasons.NameOf(Assert.IsType<CacheDiagnosis>(diagnosis).Reason));
        Assert.Equal(level, CacheBreakReasons.NameOf(diagnosis!.Level));
        Assert.Equal(diagnosis.Reason, forecast.Break?.Reason);
        Assert.Equal(TimeSpan.FromMinutes(minutes), diagnosis.Age);
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("system")]
    [InlineData("messages")]
    public void A_loss_that_nothing_explains_is_the_providers_on_every_level(string level)
    {
        var draft = Marked(level, "5m");
        _lab.Send(draft);
        _lab.Provider.Evict();

        var (forecast, diagnosis, _) = _lab.Send(draft.Then("well", "go on"));

        Assert.Null(forecast.Break);
        Assert.Equal(CacheBreakReason.ProviderEvicted, Assert.IsType<CacheDiagnosis>(diagnosis).Reason);
        Assert.True(diagnosis!.IsProviders && diagnosis.IsBreak);
        Assert.Equal(level, CacheBreakReasons.NameOf(diagnosis.Level));
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("system")]
    [InlineData("messages")]
    public void The_first_writes_of_a_burst_are_named_on_every_level(string level)
    {
        var draft = Marked(level, "5m");
        var forecasts = new[] { _lab.Ask(draft), _lab.Ask(draft), _lab.Ask(draft) };

        var diagnoses = forecasts.Select(forecast =>
        {
            _lab.Provider.Evict();
            var usage = _lab.Provider.Answer(draft, _lab.Time);
            _lab.Forecaster.Begun(forecast);
            return _lab.Forecaster.Diagnose(forecast, usage);
        }).ToList();

        Assert.Null(diagnoses[0]);
        Assert.All(diagnoses.Skip(1), diagnosis =>
        {
            Assert.Equal(CacheBreakReason.ConcurrentFirstWrite, diagnosis?.Reason);
            Assert.Equal(level, CacheBreakReasons.NameOf(diagnosis!.Level));
            Assert.False(diagnosis.IsBreak);
            Assert.Equal(forecasts[0].Call.Id, diagnosis.ComparedWith);
        });
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("system")]
    [InlineData("messages")]
    public void A_prefix_too_short_to_be_cached_is_named_when_it_is_sent_again(string level)
    {
        var draft = Marked(level, "5m") with { Tools = [new("t", "short", level == "tools" ? "5m" : null)], System = [new("be brief", Mark: level == "system" ? "5m" : null)] };
        var first = _lab.Send(draft);

        var (forecast, diagnosis, _) = _lab.Send(draft.Then("well", "go on"));

        Assert.Null(first.Diagnosis);
        Assert.True(forecast.TokensShort > 0);
        Assert.Equal(CacheBreakReason.BelowMinimum, Assert.IsType<CacheDiagnosis>(diagnosis).Reason);
        Assert.Equal(level, CacheBreakReasons.NameOf(diagnosis!.Level));
        Assert.False(diagnosis.IsBreak);
    }

    [Fact]
    public void A_breakpoint_that_moves_before_the_minimum_was_moved()
    {
        var draft = Marked("messages", "5m") with { Tools = [new("t", "short")], System = [new("be brief")], Messages = [new("user", new Block(Texts.Of(3, 900)))] };
        _lab.Send(draft);

        var (_, diagnosis, _) = _lab.Send(draft with { Automatic = null, System = [new("be brief", Mark: "5m")] });

        Assert.Equal(CacheBreakReason.BreakpointMoved, diagnosis?.Reason);
        Assert.True(diagnosis!.IsBreak);
    }

    [Fact]
    public void Thinking_that_an_older_model_takes_out_of_earlier_turns_is_named()
    {
        var draft = Marked("messages", "5m") with { Model = "claude-sonnet-4-5", ThinkingBudget = 2_000 };
        draft = draft with
        {
            Messages =
            [
                new("user", new Block(Texts.Of(3, 400))),
                new("assistant", new Block(Texts.Of(4, 900), "thinking"), new Block("x", "tool_use")),
                new("user", new Block("found", "tool_result")),
            ],
        };
        _lab.Send(draft);

        var forecast = _lab.Ask(draft.Then("well", "go on"));

        Assert.Equal(CacheBreakReason.ThinkingChanged, forecast.Break?.Reason);
        Assert.Equal("messages[1].content[0]", forecast.Break?.Segment);
    }

    [Fact]
    public void Every_reason_has_its_name_and_is_found_by_it() => Assert.All(
        Enum.GetValues<CacheBreakReason>(),
        reason => Assert.Equal(reason, CacheBreakReasons.Parse(CacheBreakReasons.NameOf(reason))));

    public void Dispose() => _lab.Dispose();

    private static Draft Marked(string level, string lifetime) => Texts.Conversation(
        2, 1, level == "tools" ? lifetime : null, level == "system" ? lifetime : null, level == "messages" ? lifetime : null);

    private static Draft Change(string change, Draft draft) => change switch
    {
        "model" => draft with { Model = "claude-opus-5" },
        "workspace" => draft with { Workspace = 2 },
        "location" => draft with { Location = "eu-west-1" },
        "geo" => draft with { Geo = "us" },
        "speed" => draft with { Speed = "fast" },
        "beta" => draft with { Betas = ["new-2026-01-01"] },
        "choice" => draft with { ToolChoice = """{"type":"any"}""" },
        "parallel" => draft with { ToolChoice = """{"type":"auto","disable_parallel_tool_use":true}""" },
        "thinking" => draft with { ThinkingBudget = 4_000 },
        "effort" => draft with { Effort = "low" },
        "format" => draft with { Format = """{"type":"object"}""" },
        "image" => draft with { Messages = [.. draft.Messages, new("user", new Block("AAAA", "image"))] },
        "mcp" => draft with { McpServers = """[{"type":"url","url":"https://a.example/mcp","name":"a"}]""" },
        "skills" => draft with { Container = """{"skills":[{"type":"anthropic","skill_id":"pptx","version":"latest"}]}""" },
        "budget" => draft with { TaskBudget = """{"type":"tokens","total":50000,"remaining":30000}""" },
        "early message" => draft.Edit(0, Texts.Of(77, 60)),
        "middle message" => draft.Edit(4, Texts.Of(77, 60)),
        "front cut" => draft with { Messages = [.. draft.Messages.Skip(4)] },
        "unmarked" => draft with { Automatic = null, Tools = [.. draft.Tools.Select(t => t with { Mark = null })], System = [.. draft.System.Select(b => b with { Mark = null })] },
        "end unmarked" => draft with { Automatic = null },
        "far" => draft with { Messages = [.. draft.Messages, new("user", [.. Enumerable.Range(0, 25).Select(i => new Block($"part {i}"))])] },
        _ => ChangePrefix(change, draft),
    };

    private static string? Place(CacheDiagnosis? diagnosis) =>
        diagnosis is { ByteAt: { } at, ByteCount: { } count } ? $"{diagnosis.Segment} byte {at} of {count}" : diagnosis?.Segment;

    private static Draft ChangePrefix(string change, Draft draft) => change switch
    {
        "tool added" => draft with { Tools = [.. draft.Tools, new("late", "comes late")] },
        "tool first" => draft with { Tools = [new("early", "comes early"), .. draft.Tools] },
        "tool removed" => draft with { Tools = [.. draft.Tools.Where((_, i) => i != 2)] },
        "tool described" => draft with { Tools = [.. draft.Tools.Select((t, i) => i == 3 ? t with { Description = t.Description + "!" } : t)] },
        "tool exchanged" => draft with { Tools = [.. draft.Tools.Select((t, i) => i == 3 ? new Tool("other", t.Description) : t)] },
        "tools reordered" => draft with { Tools = [draft.Tools[0], draft.Tools[2], draft.Tools[1], .. draft.Tools.Skip(3)] },
        "system changed" => draft with { System = [new("12:01" + draft.System[0].Text[5..]), draft.System[1]] },
        "system added" => draft with { System = [new("12:01 and more"), .. draft.System] },
        "system removed" => draft with { System = [.. draft.System.Skip(1)] },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
    };
}
