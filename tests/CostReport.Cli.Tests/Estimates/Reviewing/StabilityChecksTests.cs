using System.Text;
using CostReport.Cli.Estimates.Findings;
using CostReport.Cli.Estimates.Reviewing;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Reviewing;

public sealed class StabilityChecksTests
{
    [Theory]
    [InlineData("It is 2026-11-20T09:31:07Z now", 6, VolatileText.DateTime)]
    [InlineData("at 2026-11-20 09:31", 3, VolatileText.DateTime)]
    [InlineData("2026/11/20 09:31", 0, VolatileText.DateTime)]
    [InlineData("Fri, 20 Nov 2026 09:31:07 GMT", 5, VolatileText.DateTime)]
    [InlineData("\\n2026-11-20T09:31", 2, VolatileText.DateTime)]
    [InlineData("id=3F2504E0-4f89-11d3-9a0c-0305e82c3301;", 3, VolatileText.Uuid)]
    [InlineData("t=1763631067", 2, VolatileText.UnixTime)]
    [InlineData("t=1763631067123.", 2, VolatileText.UnixTime)]
    public void What_changes_from_call_to_call_is_found(string text, int at, string what)
    {
        Assert.Equal((at, what), VolatileText.Find(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-20")]
    [InlineData("claude-opus-4-5-20251101")]
    [InlineData("version 2026-11-20T")]
    [InlineData("order 12026-11-20T09:31")]
    [InlineData("3F2504E0-4f89-11d3-9a0c-0305e82c330")]
    [InlineData("phone 2025550123")]
    [InlineData("pi 3.1763631067")]
    [InlineData("176363106712")]
    [InlineData("f1763631067")]
    public void What_stays_is_not(string text)
    {
        Assert.Null(VolatileText.Find(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_time_before_a_breakpoint_is_told_with_its_byte_and_without_itself()
    {
        var body = Reviewed.With($"\"system\":[{Reviewed.System(900, text: "Now: 2026-11-20T09:31:07Z ")}]");

        var finding = Assert.Single(Reviewed.Answer(body).Findings, f => f.Code == "unstable_prefix");

        Assert.Equal($"system[0] byte {body.IndexOf("2026-11-20T", StringComparison.Ordinal)}", finding.Place);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.DoesNotContain("2026", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_the_last_breakpoint_it_does_no_harm()
    {
        var body = Reviewed.With($"\"system\":[{Reviewed.System(900)},{Reviewed.System(9, "\"x\":1", "Now: 2026-11-20T09:31:07Z ")}]");

        Assert.DoesNotContain("unstable_prefix", Reviewed.Codes(body));
    }

    [Fact]
    public void In_what_was_said_it_stays_as_it_was()
    {
        const string body = """{"model":"claude-opus-5","max_tokens":5,"messages":[{"role":"user","content":"2026-11-20T09:31:07Z"},{"role":"assistant","content":"ok"},{"role":"user","content":[{"type":"text","text":"and now?","cache_control":{"type":"ephemeral"}}]}]}""";

        Assert.DoesNotContain("unstable_prefix", Reviewed.Codes(body));
    }

    [Theory]
    [InlineData("2024-01-01T00:00:00Z", false)]
    [InlineData("2026-11-20T09:31:07Z", true)]
    public void An_example_at_midnight_in_a_tools_schema_is_an_example(string time, bool isFound)
    {
        var body = Reviewed.With($$"""
            "tools":[{"name":"f","description":"for example {{time}}","input_schema":{},"cache_control":{"type":"ephemeral"} }]
            """);

        Assert.Equal(isFound, Reviewed.Codes(body).Contains("unstable_prefix"));
    }
}
