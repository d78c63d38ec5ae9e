using System.Diagnostics;
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
    [InlineData("Now: 11/21/2026 5:29:18 PM", 5, VolatileText.DateTime)]
    [InlineData("Now: 11/21/2026, 5:29 PM", 5, VolatileText.DateTime)]
    [InlineData("Es ist 21.11.2026 17:29:18", 7, VolatileText.DateTime)]
    [InlineData("1.2.2026, 7:29", 0, VolatileText.DateTime)]
    [InlineData("Sat Nov 21 17:29:18 UTC 2026", 4, VolatileText.DateTime)]
    [InlineData("Sat Nov  1 17:29:18 2026", 4, VolatileText.DateTime)]
    [InlineData("Sat Nov 21 2026 17:29:18 GMT+0000", 4, VolatileText.DateTime)]
    [InlineData("November 21, 2026 17:29", 0, VolatileText.DateTime)]
    [InlineData("Saturday, November 21, 2026 at 5:29 PM", 10, VolatileText.DateTime)]
    [InlineData("Sept. 3, 2026, 17:29", 0, VolatileText.DateTime)]
    [InlineData("3. Dezember 2026 17:29", 0, VolatileText.DateTime)]
    [InlineData("2026-11-21, 17:29", 0, VolatileText.DateTime)]
    [InlineData("[21/Nov/2026:17:29:18 +0000]", 1, VolatileText.DateTime)]
    [InlineData("run_20261121T172918Z", 4, VolatileText.DateTime)]
    [InlineData("trace 3f2504e04f8911d39a0c0305e82c3301.", 6, VolatileText.Uuid)]
    [InlineData("req_3F2504E04F8911D39A0C0305E82C3301", 4, VolatileText.Uuid)]
    [InlineData("session 01KANB4QZD8V6T9WX3YZ5ABCDE", 8, VolatileText.Ulid)]
    [InlineData("user_01kanb4qzd8v6t9wx3yz5abcde", 5, VolatileText.Ulid)]
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
    [InlineData("d41d8cd98f00b204e9800998ecf8427e0")]
    [InlineData("sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("abcdefabcdefabcdefabcdefabcdefab")]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("3F2504e04f8911d39a0c0305e82c3301")]
    [InlineData("01ILOUILOUILOUILOUILOUILOU")]
    [InlineData("THE01KANB4QZD8V6T9WX3YZ5ABCDE")]
    [InlineData("01KANB4QZD8V6T9WX3YZ5ABCDEF")]
    [InlineData("3F2504E0-4f89-11d3-9a0c-0305e82c33012")]
    [InlineData("3F2504E0-4f891-1d3-9a0c-0305e82c3301")]
    [InlineData("ratio 16/9/2026")]
    [InlineData("open 09:30 to 17:30")]
    [InlineData("March 4, chapter 10:30")]
    [InlineData("version 1.2.3456")]
    [InlineData("verses 3 to 1200 4:15")]
    [InlineData("20261121 and T1729")]
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

    [Theory]
    [InlineData("Today is 2026-11-20.", 9)]
    [InlineData("Today is November 20, 2026", 9)]
    [InlineData("Today is 20 Nov 2026", 9)]
    [InlineData("Today is 11/20/2026", 9)]
    [InlineData("Heute ist der 20.11.2026.", 14)]
    [InlineData("since 2025-12-31", 6)]
    [InlineData("founded on 2019-05-01", null)]
    [InlineData("claude-sonnet-4-5-2026-09-29", null)]
    [InlineData("see /2026/11/20/news", null)]
    [InlineData("2026-11-20-final", null)]
    [InlineData("build 2026.11", null)]
    [InlineData("in November 2026", null)]
    public void A_date_alone_is_found_where_it_may_be_the_days(string text, int? at) => Assert.Equal(at, VolatileText.FindDate(Encoding.UTF8.GetBytes(text), 2026));

    [Fact]
    public void A_date_before_a_breakpoint_is_a_note()
    {
        var body = Reviewed.With($"\"system\":[{Reviewed.System(900, text: "Today is 2026-11-20. ")}]");

        var finding = Assert.Single(Reviewed.Answer(body).Findings, f => f.Code == "dated_prefix");

        Assert.Equal($"system[0] byte {body.IndexOf("2026-11-20", StringComparison.Ordinal)}", finding.Place);
        Assert.Equal(Severity.Note, finding.Severity);
    }

    [Fact]
    public void Hostile_text_takes_linear_time()
    {
        foreach (var part in (string[])["Nov 1 ", "1.1.1", "01", "a1-", "12 Nov ", "2026-11-2", "Nov  ", "n1 1:1"])
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 100_000)));
            var watch = Stopwatch.StartNew();
            _ = VolatileText.Find(text);
            _ = VolatileText.FindDate(text, 2026);

            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        }
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
