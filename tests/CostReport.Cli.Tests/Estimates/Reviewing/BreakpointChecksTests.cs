using CostReport.Cli.Estimates.Findings;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Reviewing;

public sealed class BreakpointChecksTests
{
    private const string Hour = "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}";
    private const string Mark = "\"cache_control\":{\"type\":\"ephemeral\"}";

    [Fact]
    public void A_prefix_below_the_minimum_says_how_many_tokens_are_missing()
    {
        var answer = Reviewed.Answer(Reviewed.With($"\"system\":[{Reviewed.System(400)}]"));

        var finding = Assert.Single(answer.Findings, f => f.Code == "breakpoint_below_minimum");
        var breakpoint = Assert.Single(answer.Estimated!.Breakpoints);
        Assert.Equal(512 - breakpoint.PrefixTokens, breakpoint.Short);
        Assert.Contains($"{breakpoint.Short} tokens short of the 512", finding.Message, StringComparison.Ordinal);
        Assert.Equal("system[0]", finding.Place);
    }

    [Fact]
    public void The_minimum_is_the_models()
    {
        var body = Reviewed.With($"\"system\":[{Reviewed.System(900)}]");

        Assert.DoesNotContain("breakpoint_below_minimum", Reviewed.Codes(body));
        Assert.Contains("breakpoint_below_minimum", Reviewed.Codes(body, "claude-opus-4-8"));
    }

    [Fact]
    public void An_unknown_minimum_is_taken_to_be_1024()
    {
        var below = Reviewed.With($"\"system\":[{Reviewed.System(300)}]");
        var above = Reviewed.With($"\"system\":[{Reviewed.System(3_000)}]");

        Assert.Contains("minimum_unknown", Reviewed.Codes(below, "claude-opus-5-5"));
        Assert.Contains("breakpoint_below_minimum", Reviewed.Codes(below, "claude-opus-5-5"));
        Assert.Contains("minimum_unknown", Reviewed.Codes(above, "claude-opus-5-5"));
        Assert.DoesNotContain("breakpoint_below_minimum", Reviewed.Codes(above, "claude-opus-5-5"));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Four_breakpoints_are_taken(int count, bool isFound)
    {
        var system = string.Join(',', Enumerable.Repeat(Reviewed.System(600), count));

        Assert.Equal(isFound, Reviewed.Codes(Reviewed.With($"\"system\":[{system}]")).Contains("too_many_breakpoints"));
    }

    [Theory]
    [InlineData(Hour, Mark, false)]
    [InlineData(Mark, Hour, true)]
    [InlineData(Hour, Hour, false)]
    public void The_longer_lifetime_comes_first(string first, string second, bool isFound)
    {
        var body = Reviewed.With($"\"system\":[{Reviewed.System(600, first)},{Reviewed.System(600, second)}]");

        Assert.Equal(isFound, Reviewed.Codes(body).Contains("breakpoint_order"));
    }

    [Fact]
    public void A_long_prefix_without_a_breakpoint_says_what_one_would_save()
    {
        var answer = Reviewed.Answer(Reviewed.With($"\"system\":[{Reviewed.System(10_000, "\"x\":1")}]"));

        var finding = Assert.Single(answer.Findings, f => f.Code == "no_breakpoint");
        Assert.Equal((Severity.Note, "system[0]"), (finding.Severity, finding.Place));
        Assert.Contains("would save about $0.04", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_prefix_needs_none()
    {
        Assert.Empty(Reviewed.Codes(Reviewed.With($"\"system\":[{Reviewed.System(300, "\"x\":1")}]")));
    }

    [Fact]
    public void Automatic_caching_is_a_breakpoint_too()
    {
        Assert.DoesNotContain("no_breakpoint", Reviewed.Codes(Reviewed.With($"{Mark},\"system\":[{Reviewed.System(10_000, "\"x\":1")}]")));
    }

    [Fact]
    public void Thinking_takes_no_breakpoint()
    {
        const string body = """{"model":"claude-opus-5","max_tokens":5,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s","cache_control":{"type":"ephemeral"}}]},{"role":"user","content":"y"}]}""";

        Assert.Contains("breakpoint_not_allowed", Reviewed.Codes(body));
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(15, true)]
    public void A_turn_of_many_blocks_is_out_of_a_breakpoints_reach(int calls, bool isFound)
    {
        var uses = string.Join(',', Enumerable.Range(0, calls).Select(i => $$"""{"type":"tool_use","id":"t{{i}}","name":"f","input":{} }"""));
        var results = string.Join(',', Enumerable.Range(0, calls).Select(i => $$"""{"type":"tool_result","tool_use_id":"t{{i}}","content":"r{{i}}"{{(i == calls - 1 ? $",{Mark}" : "")}}}"""));
        var body = $$"""{"model":"claude-opus-5","max_tokens":5,"system":"{{new string('x', 3000)}}","messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{{uses}}]},{"role":"user","content":[{{results}}]}]}""";

        Assert.Equal(isFound, Reviewed.Codes(body).Contains("breakpoint_reach"));
    }
}
