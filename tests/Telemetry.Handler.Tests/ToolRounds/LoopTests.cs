using CostLedger.Records.Tools;
using Xunit;

namespace Telemetry.Handler.Tests.ToolRounds;

public sealed class LoopTests : IDisposable
{
    private readonly ToolReading _reading = new();

    [Fact]
    public void The_same_call_three_times_is_a_loop_and_first_at_the_third()
    {
        var loops = Play(6, (body, i) => body.Round("read", """{"path":"a"}""", $"{i}"));

        Assert.Equal([null, null, 3, 4, 5, 6], loops.Select(l => l?.Rounds));
        Assert.Equal([true, false, false, false], loops.Skip(2).Select(l => l!.IsFirst));
        Assert.All(loops.Skip(2), l => Assert.Equal((ToolLoopKind.Repeat, "read", 2), (l!.Kind, l.Tool, l.SinceMessage)));
    }

    [Fact]
    public void Two_calls_that_take_turns_are_a_loop()
    {
        var loops = Play(7, (body, i) => body.Round(i % 2 == 0 ? "read" : "write", "{}", $"{i}"));

        Assert.Equal([null, null, null, null, 5, 6, 7], loops.Select(l => l?.Rounds));
        Assert.Equal([true, false, false], loops.Skip(4).Select(l => l!.IsFirst));
        Assert.All(loops.Skip(4), l => Assert.Equal((ToolLoopKind.PingPong, null), (l!.Kind, l.Tool)));
    }

    [Fact]
    public void The_same_error_again_is_a_loop_whatever_is_tried()
    {
        var loops = Play(4, (body, i) => body.Round("read", $$"""{"path":"{{i}}"}""", "no such file", isError: true));

        Assert.Equal([null, null, 3, 4], loops.Select(l => l?.Rounds));
        Assert.Equal(ToolLoopKind.SameError, loops[2]!.Kind);
    }

    [Fact]
    public void Many_rounds_with_the_same_result_make_no_progress()
    {
        var loops = Play(13, (body, i) => body.Round("search", $$"""{"query":"{{i}}"}""", "nothing found"));

        Assert.All(loops.Take(11), Assert.Null);
        Assert.Equal((ToolLoopKind.NoProgress, 12, true), (loops[11]!.Kind, loops[11]!.Rounds, loops[11]!.IsFirst));
        Assert.False(loops[12]!.IsFirst);
    }

    [Fact]
    public void Three_calls_that_go_round_make_no_progress()
    {
        var loops = Play(12, (body, i) => body.Round($"tool_{i % 3}", "{}", $"{i % 3}"));

        Assert.All(loops.Take(11), Assert.Null);
        Assert.Equal(ToolLoopKind.NoProgress, loops[11]!.Kind);
    }

    [Fact]
    public void Work_that_gets_somewhere_is_no_loop()
    {
        var random = new Random(7);
        var loops = Play(120, (body, i) => (i % 3) switch
        {
            0 => body.Round("edit", $$"""{"line":{{i}}}""", "ok"),
            1 => body.Round("test", "{}", random.Next(4) == 0 ? "failed" : "passed"),
            _ => body.Round("read", $$"""{"path":"{{random.Next(1000)}}"}""", $"text {i}"),
        });

        Assert.All(loops, Assert.Null);
    }

    [Fact]
    public void What_the_user_asks_for_again_is_no_loop()
    {
        var loops = Play(6, (body, i) => body.Says($"again {i}").Round("read", "{}", "same"));

        Assert.All(loops, Assert.Null);
    }

    [Fact]
    public void A_loop_that_ended_and_begins_again_is_told_again()
    {
        var loops = Play(8, (body, i) => i == 4 ? body.Round("think", "{}", "aha") : body.Round("read", "{}", "same"));

        Assert.Equal([2, 7], loops.Index().Where(l => l.Item is { IsFirst: true }).Select(l => l.Index));
    }

    [Fact]
    public void Calls_of_one_answer_count_one_by_one()
    {
        var body = new ToolBody().Says("hi").Round([.. Enumerable.Repeat(("read", "{}", "same", false), 3)]);

        Assert.Equal((3, true), (_reading.Read(body).Loop!.Rounds, _reading.Read(body).Loop!.IsFirst));
    }

    [Fact]
    public void Results_that_one_answer_waits_for_are_no_loop_however_alike()
    {
        static ToolBody Ask(ToolBody body, int count, string result, bool isError) =>
            body.Round([.. Enumerable.Range(0, count).Select(i => ("write", $$"""{"path":"{{i}}"}""", result, isError))]);

        Assert.Null(_reading.Read(Ask(new ToolBody().Says("hi"), 13, "ok", isError: false)).Loop);
        Assert.Null(_reading.Read(Ask(new ToolBody().Says("hi"), 13, "not found", isError: true)).Loop);
        Assert.Null(_reading.Read(Ask(Ask(new ToolBody().Says("hi"), 13, "not found", isError: true), 9, "not found", isError: true)).Loop);
    }

    [Theory]
    [InlineData(true, 3, ToolLoopKind.SameError)]
    [InlineData(false, 12, ToolLoopKind.NoProgress)]
    public void Answers_that_ask_for_many_results_are_in_a_loop_after_as_many_answers(bool isError, int answers, ToolLoopKind kind)
    {
        const int PerAnswer = 4;
        var loops = Play(answers + 1, (body, i) => body.Round([.. Enumerable.Range(0, PerAnswer).Select(k => ("run", $$"""{"part":{{(i * PerAnswer) + k}}}""", "nothing", isError))]));

        Assert.All(loops.Take(answers - 1), Assert.Null);
        Assert.Equal((kind, answers * PerAnswer, true), (loops[answers - 1]!.Kind, loops[answers - 1]!.Rounds, loops[answers - 1]!.IsFirst));
        Assert.False(loops[answers]!.IsFirst);
    }

    [Theory]
    [InlineData(0, 20, 0)]
    [InlineData(2, 5, 4)]
    [InlineData(5, 6, 2)]
    [InlineData(16, 20, 5)]
    public void The_threshold_is_the_applications(int threshold, int rounds, int inLoop)
    {
        var loops = Play(rounds, (body, i) => body.Round("read", "{}", $"{i}"), threshold);

        Assert.Equal(inLoop, loops.Count(l => l is not null));
        Assert.True(loops.Count(l => l is { IsFirst: true }) <= 1);
    }

    public void Dispose() => _reading.Dispose();

    private List<ToolLoop?> Play(int rounds, Func<ToolBody, int, ToolBody> add, int threshold = 3)
    {
        var body = new ToolBody().Says("hi");
        var loops = new List<ToolLoop?>();
        for (var i = 0; i < rounds; i++)
        {
            loops.Add(_reading.Read(add(body, i), threshold).Loop);
        }

        return loops;
    }
}
