using CostLedger.Records;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Diagnosing;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>What must not mislead: clocks, other processes, answers in another order, usage that makes no sense.</summary>
public sealed class HostileTests : IDisposable
{
    private readonly Lab _lab = new();

    [Theory]
    [InlineData(-180)]
    [InlineData(180)]
    public void A_calendar_that_is_set_changes_no_forecast(int minutes)
    {
        var draft = Texts.Conversation(1, 3);
        _lab.Send(draft);
        _lab.PassMinutes(1);
        _lab.Skew = TimeSpan.FromMinutes(minutes);

        var (forecast, diagnosis, usage) = _lab.Send(draft.Then("well", "go on"));

        Assert.Null(forecast.Break);
        Assert.Null(diagnosis);
        Assert.Equal(usage.CacheReadInputTokens, forecast.ReadTokens);
    }

    [Fact]
    public void Where_the_machine_slept_the_calendar_explains_the_loss()
    {
        var draft = Texts.Conversation(1, 3);
        _lab.Send(draft);
        _lab.Provider.Evict();
        _lab.Skew = TimeSpan.FromHours(2);

        Assert.Equal(CacheBreakReason.TtlExpired5m, _lab.Send(draft.Then("well", "go on")).Diagnosis?.Reason);
    }

    [Theory]
    [InlineData(299.5, false)]
    [InlineData(300, true)]
    [InlineData(301, true)]
    public void The_edge_of_a_lifetime_is_foreseen_to_the_moment(double seconds, bool isLost)
    {
        var draft = Texts.Conversation(1, 3);
        _lab.Send(draft);
        _lab.Pass(TimeSpan.FromSeconds(seconds));

        var (forecast, diagnosis, _) = _lab.Send(draft.Then("well", "go on"));

        Assert.Equal(isLost, forecast.Break is not null);
        Assert.Equal(isLost ? CacheBreakReason.TtlExpired5m : null, diagnosis?.Reason);
    }

    [Fact]
    public void An_entry_that_outlived_its_time_is_no_break()
    {
        var draft = Texts.Conversation(1, 3);
        var before = _lab.Send(draft).Usage;
        _lab.Pass(TimeSpan.FromSeconds(303));
        var forecast = _lab.Ask(draft);

        Assert.NotNull(forecast.Break);
        Assert.Null(_lab.Forecaster.Diagnose(forecast, before with { CacheReadInputTokens = before.CacheCreationInputTokens, CacheCreationInputTokens = 0 }));
    }

    [Fact]
    public void A_lifetime_counts_from_the_start_of_the_last_request_that_read_it()
    {
        var draft = Texts.Conversation(1, 3);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(_lab.Send(draft).Diagnosis);
            _lab.PassMinutes(4.5);
        }
    }

    [Fact]
    public void Two_processes_take_turns_in_a_conversation_without_a_break()
    {
        using var other = new Lab();
        var draft = Texts.Conversation(1, 1);
        for (var turn = 0; turn < 12; turn++)
        {
            var lab = turn % 2 == 0 ? _lab : other;
            var forecast = lab.Ask(draft);
            var diagnosis = lab.Forecaster.Diagnose(forecast, _lab.Provider.Answer(draft, _lab.Time));
            Assert.False(diagnosis is { IsBreak: true }, $"turn {turn}: {diagnosis}");
            draft = draft.Then(Texts.Of(turn, 80), Texts.Of(-turn, 20));
            _lab.PassMinutes(1);
            other.PassMinutes(1);
        }
    }

    [Fact]
    public void Answers_in_another_order_are_no_breaks()
    {
        var first = Texts.Conversation(1, 2);
        var second = first.Then("well", "go on");
        var (one, usageOfOne) = (_lab.Ask(first), _lab.Provider.Answer(first, _lab.Time));
        _lab.Forecaster.Begun(one);
        _lab.PassMinutes(1);
        var (two, usageOfTwo) = (_lab.Ask(second), _lab.Provider.Answer(second, _lab.Time));
        _lab.Forecaster.Begun(two);

        Assert.Null(_lab.Forecaster.Diagnose(two, usageOfTwo));
        Assert.Null(_lab.Forecaster.Diagnose(one, usageOfOne));
        Assert.Null(_lab.Send(second.Then("so", "and")).Diagnosis);
    }

    [Fact]
    public void Usage_without_cache_fields_tells_nothing_and_harms_nothing()
    {
        var draft = Texts.Conversation(1, 3);
        _lab.Send(draft);
        var next = draft.Then("well", "go on");
        var forecast = _lab.Ask(next);
        _lab.Provider.Answer(next, _lab.Time);

        Assert.Null(_lab.Forecaster.Diagnose(forecast, new TokenUsage { InputTokens = 9_000, OutputTokens = 1 }));
        Assert.Null(_lab.Send(next.Then("so", "and")).Diagnosis);
    }

    [Theory]
    [InlineData(9_000_000, 0, 0)]
    [InlineData(-5, 0, 10)]
    [InlineData(10, 0, long.MaxValue)]
    public void Usage_that_makes_no_sense_teaches_nothing(long read, long written, long input)
    {
        var draft = Texts.Conversation(1, 3);
        var before = _lab.Send(draft).Usage;
        var forecast = _lab.Ask(draft);

        var diagnosis = _lab.Forecaster.Diagnose(
            forecast, new TokenUsage { InputTokens = input, CacheReadInputTokens = read, CacheCreationInputTokens = written });

        Assert.Null(diagnosis);
        Assert.Equal(before.CacheCreationInputTokens, _lab.Ask(draft).ReadTokens);
    }

    [Fact]
    public void A_fork_reads_what_its_ancestors_wrote_and_breaks_nothing()
    {
        var root = Texts.Conversation(1, 4);
        _lab.Send(root);
        _lab.Send(root.Then("well", "go on").Then("so", "and"));
        _lab.PassMinutes(1);

        foreach (var fork in (string[])["left", "right", "back"])
        {
            var (forecast, diagnosis, usage) = _lab.Send(root.Then("well", fork));
            Assert.Null(forecast.Break);
            Assert.Null(diagnosis);
            Assert.Equal(usage.CacheReadInputTokens, forecast.ReadTokens);
        }
    }

    [Fact]
    public void The_same_body_again_after_a_failure_is_compared_with_what_was_answered()
    {
        var draft = Texts.Conversation(1, 3);
        var before = _lab.Send(draft);
        var next = draft.Then("well", "go on");
        for (var i = 0; i < 3; i++)
        {
            var failing = _lab.Ask(next);
            Assert.Equal(before.Forecast.Call.Id, failing.Previous);
            _lab.Forecaster.Failed(failing);
        }

        var (forecast, diagnosis, _) = _lab.Send(next);

        Assert.Equal(before.Forecast.Call.Id, forecast.Previous);
        Assert.Null(diagnosis);
        Assert.Null(_lab.Send(next).Diagnosis);
    }

    [Fact]
    public void What_a_failed_request_would_have_written_is_no_first_write()
    {
        var draft = Texts.Conversation(1, 1);
        _lab.Forecaster.Failed(_lab.Ask(draft));

        Assert.Null(_lab.Send(draft).Diagnosis);
    }

    [Fact]
    public void A_history_that_is_replaced_by_a_summary_is_an_edit_where_its_end_is_kept()
    {
        var draft = Texts.Conversation(1, 12);
        _lab.Send(draft);
        var compacted = draft with { Messages = [new("user", new Draft.Block("A summary: " + Texts.Of(9, 40))), .. draft.Messages.Skip(15)] };

        var (_, diagnosis, usage) = _lab.Send(compacted.Then("well", "go on"));

        Assert.Equal(CacheBreakReason.MessagesEdited, diagnosis?.Reason);
        Assert.Equal(usage.TotalInputTokens - usage.CacheReadInputTokens, diagnosis?.Lost.Total);
    }

    [Fact]
    public void Prompts_of_one_huge_segment_and_of_thousands_are_followed()
    {
        var huge = new Draft { System = [new(Texts.Of(1, 200_000), Mark: "1h")], Messages = [new("user", new Draft.Block("go"))] };
        var many = new Draft { Messages = [.. Enumerable.Range(0, 5_000).Select(i => new Draft.Message(i % 2 == 0 ? "user" : "assistant", new Draft.Block($"part {i}")))], Automatic = "5m" };
        foreach (var draft in (Draft[])[huge, many])
        {
            _lab.Send(draft);
            var (forecast, diagnosis, usage) = _lab.Send(draft.Then("well", "go on"));
            Assert.Null(diagnosis);
            Assert.Equal(usage.CacheReadInputTokens, forecast.ReadTokens);
        }

        var changed = _lab.Send(huge with { System = [huge.System[0] with { Text = huge.System[0].Text[..^20] + "the end is other...." }] });
        Assert.True(Assert.IsType<CacheDiagnosis>(_lab.Send((huge with { System = [new("x" + huge.System[0].Text, Mark: "1h")] }).Then("well", "go on")).Diagnosis) is { Segment: "system[0]", ByteAt: not null });
        Assert.NotNull(changed.Forecast);
    }

    [Fact]
    public void A_prompt_that_cannot_be_told_in_full_has_no_forecast()
    {
        Assert.Null(Lab.ForecastOf(_lab, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}"));
        Assert.Null(Lab.ForecastOf(_lab, "[]"));
    }

    [Fact]
    public void A_parameter_that_changes_nothing_is_learned_from_usage()
    {
        var draft = Texts.Conversation(1, 3);
        var before = _lab.Send(draft).Usage;
        var other = draft with { Effort = "low" };
        var forecast = _lab.Ask(other);
        Assert.Equal(CacheBreakReason.ThinkingChanged, forecast.Break?.Reason);

        Assert.Null(_lab.Forecaster.Diagnose(forecast, before with { CacheReadInputTokens = before.CacheCreationInputTokens, CacheCreationInputTokens = 0 }));

        Assert.Null(_lab.Ask(other with { Effort = "max" }).Break);
    }

    [Fact]
    public void An_answer_of_another_model_explains_what_was_not_read()
    {
        var draft = Texts.Conversation(1, 3);
        var before = _lab.Send(draft).Usage;
        var forecast = _lab.Ask(draft);

        var diagnosis = _lab.Forecaster.Diagnose(forecast, before, "claude-opus-4-8");

        Assert.Equal(CacheBreakReason.ModelChanged, diagnosis?.Reason);
    }

    [Fact]
    public void A_sum_over_the_providers_tools_is_not_taken_for_the_prompt()
    {
        var draft = Texts.Conversation(1, 3);
        var usage = _lab.Provider.Answer(draft, _lab.Time);
        var forecast = _lab.Ask(draft);
        var sum = usage with { CacheReadInputTokens = 46_134, CacheCreationInputTokens = 14_789, WebSearchRequests = 2 };
        Assert.Null(_lab.Forecaster.Diagnose(forecast, sum));
        var next = draft with
        {
            Messages =
            [
                .. draft.Messages,
                new("assistant", new Draft.Block(Texts.Of(4, 300), "server_result"), new Draft.Block("found")),
                new("user", new Draft.Block("go on")),
            ],
        };

        Assert.Null(_lab.Send(next).Diagnosis);
    }

    public void Dispose() => _lab.Dispose();
}
