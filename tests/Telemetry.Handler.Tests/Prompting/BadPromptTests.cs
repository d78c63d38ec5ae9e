using System.Text;
using CostLedger.Records;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

/// <summary>Bodies that are not as they should be are sent as they are, and told as what they are.</summary>
[Collection(Tracing.Name)]
public sealed class BadPromptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool, string[]> Bodies => new()
    {
        { "not json at all", false, [] },
        { "", false, [] },
        { "null", false, [] },
        { "[]", false, [] },
        { """{"model":"claude-sonnet-4-5","max_tokens":5,"messages":[{"role":"user","content":"cut""", false, [] },
        { """{"model":"claude-sonnet-4-5","max_tokens":5}""", false, [] },
        { """{"model":"claude-sonnet-4-5","max_tokens":5,"messages":[]}""", false, [] },
        { Nested(10_000), false, [] },
        { """{"model":"claude-sonnet-4-5","max_tokens":5,"thread":{"type":"continue","id":"th_1"},"messages":[{"role":"user","content":"and then?"}]}""", false, [] },
        { """{"model":"x","model":"claude-sonnet-4-5","max_tokens":5,"messages":[{"role":"user","content":"a"}],"messages":[{"role":"user","content":"b"}]}""", true, [] },
        { Block("""{"type":"never_heard_of","text":"some words"}"""), true, ["unknown_block"] },
        { Block("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"bm8gcG5n"}}"""), true, ["image_unreadable"] },
        { Block("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"%%%%"}}"""), true, ["image_unreadable"] },
        { Block("""{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"bm8gcGRm"}}"""), true, ["document_unreadable"] },
        { Tool("""{"\ud800":1,"name":"a","input_schema":{"type":"object","properties":{"\udc00":{}}}}"""), true, [] },
        { Tool($$"""{"x":{{Deep}},"type":"web_search_20250305","name":"web_search"}"""), true, ["unknown_tool"] },
        { Tool($$$"""{"name":"a","cache_control":{"x":{{{Deep}}}},"input_schema":{}}"""), true, [] },
        { Called("""{"\ud800":1,"\ud801":2,"a":3}"""), true, [] },
        { Called($$"""{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"\\ud800{i}\":1"))}}}"""), true, [] },
        { Called(Deep), true, [] },
        { """{"model":"claude-sonnet-4-5","max_tokens":-5,"messages":[{"role":"user","content":"a"}]}""", true, [] },
        { """{"model":"claude-sonnet-4-5","max_tokens":9223372036854775807,"messages":[{"role":"user","content":"a"}]}""", true, [] },
        { """{"model":"claude-sonnet-4-5","max_tokens":1e400,"messages":[{"role":"user","content":"a"}]}""", true, [] },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Bodies))]
    public async Task Each_is_sent_as_it_is_and_estimated_where_that_is_possible(string body, bool isEstimated, string[] doubts)
    {
        using var sinks = new Sinks();
        Telemetry.Handler.Prompting.CallExpectation? told = null;
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => (o.EstimateBeforeSend, o.OnEstimate) = (true, e => told = e));
        using var request = Provider.Post(body);

        using var response = await client.Http.SendAsync(request, Token);

        Assert.Equal(body, Encoding.UTF8.GetString(Assert.Single(provider.Sent)));
        var row = client.Row();
        Assert.Equal((CallOutcome.Success, isEstimated, isEstimated), (row.Outcome, told is not null, row.Estimate?.InputTokens is not null));
        Assert.Equal(doubts, told?.Doubts ?? []);
        Assert.False(told is { InputTokens: <= 0 } or { CostHigh.Value: < 0 } or { OutputTokensHigh: < 0 }, $"{told}");
        Assert.DoesNotContain("OwnWorkFailed estimate ", sinks.Told, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""{"type":"text","cache_control":{"type":"ephemeral"},"text":"x","score":NaN}""")]
    [InlineData("""{"type":"text","text":"x" """)]
    public async Task A_malformed_body_costs_no_later_call_its_estimate(string broken)
    {
        var asked = 0;
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.AllowSend = _ => ++asked > 0);
        var system = new string('s', 1_600);
        using var bad = Provider.Post($$"""{"model":"claude-sonnet-4-5","system":"{{system}}","messages":[{"role":"user","content":[{{broken}}]}]}""");
        using var unread = await client.Http.SendAsync(bad, Token);
        Assert.Equal(0, asked);

        for (var call = 1; call <= 8; call++)
        {
            using var good = Provider.Post(Block($$"""{"type":"text","text":"{{call}}{{new string('a', 3_000)}}"}"""));
            using var response = await client.Http.SendAsync(good, Token);

            Assert.Equal(call, asked);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_thread_that_goes_on_says_why_it_has_no_estimate()
    {
        await using var client = new ObservedClient(new Provider());
        using var request = Provider.Post(Provider.Ask(more: "\"thread\":{\"type\":\"continue\",\"id\":\"th_1\"},"));

        using var response = await client.Http.SendAsync(request, Token);

        var row = client.Row();
        Assert.Equal((null, null), (row.Estimate, row.Prompt));
        Assert.Contains(RequestFault.ThreadContinued, row.Faults, StringComparer.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_as_large_as_the_api_takes_is_estimated_and_a_larger_one_is_only_sent(bool isWithin)
    {
        var size = MessagesTelemetryOptions.DefaultMaxRequestBytes + (isWithin ? 0 : 1);
        var frame = Provider.Ask("").Length;
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.EstimateBeforeSend = true);
        using var request = Provider.Post(new ByteArrayContent(Encoding.UTF8.GetBytes(Provider.Ask(new string('a', size - frame)))));

        using var response = await client.Http.SendAsync(request, Token);

        Assert.Equal(size, Assert.Single(provider.Sent).Length);
        var row = client.Row();
        Assert.Equal(isWithin, row.Estimate?.InputTokens > 1_000_000);
        Assert.Equal(isWithin ? [] : [RequestFault.TooLarge], row.Faults);
    }

    private static string Deep => new string('[', 200) + new string(']', 200);

    private static string Tool(string tool) =>
        $$"""{"model":"claude-sonnet-4-5","max_tokens":5,"tools":[{{tool}}],"messages":[{"role":"user","content":"a"}]}""";

    private static string Called(string input) =>
        $$$"""
        {"model":"claude-sonnet-4-5","max_tokens":5,"messages":[{"role":"user","content":"a"},
        {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"a","input":{{{input}}}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"b"}]}]}
        """;

    private static string Block(string block) =>
        $$"""{"model":"claude-sonnet-4-5","max_tokens":5,"messages":[{"role":"user","content":[{{block}}]}]}""";

    private static string Nested(int depth) =>
        $$"""{"model":"claude-sonnet-4-5","messages":{{new string('[', depth)}}{{new string(']', depth)}}}""";
}
