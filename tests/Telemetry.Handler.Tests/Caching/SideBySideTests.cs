using Telemetry.Handler.Caching;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>One conversation is sent to two models, or with two settings, or by two workspaces: each line keeps what it has in the cache.</summary>
public sealed class SideBySideTests : IDisposable
{
    private const int Turns = 6;

    private readonly Lab _lab = new();

    public static TheoryData<string> Kinds { get; } = ["model", "effort", "workspace", "system", "three"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_history_in_lines_side_by_side_breaks_nothing(string kind)
    {
        var draft = Texts.Conversation(1, 1);
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var line in Lines(kind))
            {
                Undisturbed(line(draft), isFirst: turn == 0);
            }

            draft = draft.Then(Texts.Of(turn, 100), Texts.Of(-turn, 30));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lines_that_take_turns_in_any_order_break_nothing(string kind)
    {
        var lines = Lines(kind);
        var random = new Random(3);
        var drafts = Enumerable.Range(0, Turns).Select(turn => Texts.Conversation(1, turn + 1)).ToArray();
        var next = new int[lines.Length];
        while (next.Any(turn => turn < Turns))
        {
            // All begin, and then each is ahead at times.
            var at = Array.IndexOf(next, 0) is >= 0 and var first ? first : random.Next(lines.Length);
            if (next[at] < Turns)
            {
                Undisturbed(lines[at](drafts[next[at]]), isFirst: next[at] == 0);
                next[at]++;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lines_that_part_after_the_first_answer_break_nothing(string kind)
    {
        var lines = Lines(kind);
        var drafts = lines.Select(_ => Texts.Conversation(1, 1)).ToArray();
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < lines.Length; i++)
            {
                Undisturbed(lines[i](drafts[i]), isFirst: turn == 0);
                drafts[i] = drafts[i].Then(Texts.Of((turn * 10) + i, 100), Texts.Of(-turn, 30));
            }
        }
    }

    [Fact]
    public void A_line_that_gets_every_second_turn_breaks_nothing()
    {
        var (one, other) = (Lines("model")[0], Lines("model")[1]);
        for (var turn = 0; turn < Turns; turn++)
        {
            var draft = Texts.Conversation(1, turn + 1);
            Undisturbed(one(draft), isFirst: turn == 0);
            if (turn % 2 == 0)
            {
                Undisturbed(other(draft), isFirst: turn == 0);
            }
        }
    }

    [Fact]
    public void What_one_of_two_lines_loses_is_told_and_compared_with_its_own_call()
    {
        var (one, other) = (Lines("model")[0], Lines("model")[1]);
        var draft = Texts.Conversation(1, 3);
        _lab.Send(other(draft));
        var own = _lab.Send(one(draft)).Forecast.Call.Id;
        _lab.Send(other(draft));
        draft = draft.Then("well", "go on");
        _lab.Send(other(draft));

        var (_, diagnosis, _) = _lab.Send(one(draft.Edit(0, "Something else.")));

        Assert.Equal(CacheBreakReason.MessagesEdited, diagnosis?.Reason);
        Assert.True(diagnosis!.IsBreak);
        Assert.Equal(own, diagnosis.ComparedWith);
    }

    [Theory]
    [InlineData("model", "model_changed")]
    [InlineData("effort", "thinking_changed")]
    [InlineData("workspace", "workspace_changed")]
    public void A_switch_within_one_line_is_told_there_and_back(string kind, string reason)
    {
        var (one, other) = (Lines(kind)[0], Lines(kind)[1]);
        _lab.Send(one(Texts.Conversation(1, 1)));
        _lab.Send(one(Texts.Conversation(1, 2)));

        var there = _lab.Send(other(Texts.Conversation(1, 3))).Diagnosis;
        var back = _lab.Send(one(Texts.Conversation(1, 5))).Diagnosis;

        Assert.All([there, back], diagnosis =>
        {
            Assert.True(diagnosis is { IsBreak: true });
            Assert.Equal(reason, CacheBreakReasons.NameOf(diagnosis!.Reason));
        });
    }

    [Fact]
    public void A_turn_that_another_model_answers_since_the_first_failed_is_a_switch()
    {
        var (one, other) = (Lines("model")[0], Lines("model")[1]);
        _lab.Send(one(Texts.Conversation(1, 1)));
        _lab.Send(one(Texts.Conversation(1, 2)));
        _lab.Forecaster.Failed(_lab.Ask(one(Texts.Conversation(1, 3))));

        var there = _lab.Send(other(Texts.Conversation(1, 3))).Diagnosis;
        var back = _lab.Send(one(Texts.Conversation(1, 4))).Diagnosis;

        Assert.All([there, back], diagnosis => Assert.Equal(CacheBreakReason.ModelChanged, diagnosis?.Reason));
    }

    public void Dispose() => _lab.Dispose();

    private static Func<Draft, Draft>[] Lines(string kind) => kind switch
    {
        "model" => [draft => draft, draft => draft with { Model = "claude-opus-5" }],
        "effort" => [draft => draft with { Effort = "low" }, draft => draft],
        "workspace" => [draft => draft, draft => draft with { Workspace = 2 }],
        "system" => [draft => draft, draft => draft with { System = [new(Texts.Of(70, 900), Mark: "5m")] }],
        _ => [draft => draft, draft => draft with { Model = "claude-opus-5" }, draft => draft with { Model = "claude-opus-5", Effort = "low" }],
    };

    private void Undisturbed(Draft draft, bool isFirst)
    {
        _lab.Pass(TimeSpan.FromSeconds(3));
        var (forecast, diagnosis, usage) = _lab.Send(draft);
        Assert.Null(forecast.Break);
        Assert.Null(diagnosis);
        Assert.True(isFirst || usage.CacheReadInputTokens > 0);
    }
}
