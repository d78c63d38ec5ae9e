using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

/// <summary>What is told of a lost cache, before and after, and to whom.</summary>
[Collection(Tracing.Name)]
public sealed class CacheBreakTests
{
    private const string Filler = "The rules are many, and each of them is here to be kept. ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_changed_system_prompt_is_told_everywhere_and_its_words_only_where_content_is_captured(bool captures)
    {
        using var sinks = new Sinks();
        var expected = new List<CallExpectation>();
        await using var client = new ObservedClient(new Answers(), o =>
        {
            (o.LoggerFactory, o.EstimateBeforeSend, o.CaptureContent) = (sinks, true, captures);
            o.OnEstimate = expected.Add;
        });

        await SendAsync(client, Turn("It is ten past planted-noon. ", "a"));
        await SendAsync(client, Turn("It is ten past planted-nine. ", "a", "b", "c"));

        var last = client.Rows()[^1];
        Assert.Equal("system_changed", last.CacheBreak?.Reason);
        Assert.Equal("system[0]", last.CacheBreak?.Segment);
        Assert.Equal(client.Rows()[0].Id, last.CacheBreak?.ComparedWith);
        Assert.Equal(5_000, last.CacheBreak?.TokensLost);
        Assert.True(last.CacheBreak?.CostLost?.Value > 0);
        Assert.Null(expected[0].Cache?.Break);
        Assert.Equal("system_changed", expected[1].Cache?.Break?.Reason);
        Assert.Equal(0, last.Estimate?.ExpectedCacheReadTokens);
        foreach (var name in new[]
        {
            "costledger.cache.break.reason", "costledger.cache.break.place", "costledger.cache.expected_break.reason", "costledger.cache.breaks",
            "costledger.cache.break.lost_tokens", "costledger.cache.break.cost", "The prompt cache will be lost from system[0]", "The prompt cache was lost from system[0]",
        })
        {
            Assert.Contains(name, sinks.Told, StringComparison.Ordinal);
        }

        Assert.Equal(captures, sinks.Told.Contains("costledger.cache.break.diff", StringComparison.Ordinal));
        Assert.Equal(captures, sinks.Told.Contains("planted-n[oon.", StringComparison.Ordinal));
        await client.Ledger.DisposeAsync();
        Assert.DoesNotContain("planted", string.Concat(
            Directory.GetFiles(Path.GetDirectoryName(client.LedgerPath)!).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_expected_of_the_cache_is_told_however_soon_the_answer_is_there(bool isBefore)
    {
        using var sinks = new Sinks();
        var expected = new ConcurrentQueue<CallExpectation>();
        await using var client = new ObservedClient(new Answers(), o =>
        {
            (o.LoggerFactory, o.EstimateBeforeSend, o.OnEstimate) = (sinks, isBefore, expected.Enqueue);
        });

        await SendAsync(client, Turn("It is ten past noon. ", "a"));
        await SendAsync(client, Turn("It is ten past nine. ", "a", "b", "c"));
        Assert.True(SpinWait.SpinUntil(() => expected.Count == 2, TimeSpan.FromSeconds(30)));

        Assert.All(expected, one =>
        {
            Assert.Equal(one.InputTokens, one.Cache!.ReadTokens + one.Cache.Write5mTokens + one.Cache.Write1hTokens + one.Cache.UncachedTokens);
            Assert.True(one.Cache.Write5mTokens > 0.9 * one.InputTokens);

            // Written for five minutes: a quarter more than the input's three dollars a million.
            Assert.Equal((one.Cache.Write5mTokens * 3_750) + (one.Cache.UncachedTokens * 3_000), one.Cache.Cost?.Value);
        });
        foreach (var name in new[]
        {
            "costledger.cache.expected_write_tokens", "costledger.cache.expected_cost", "costledger.cache.expected_break.reason", "The prompt cache will be lost from system[0]",
        })
        {
            Assert.Contains(name, sinks.Told, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_prompt_that_is_long_enough_by_the_estimate_is_foreseen_to_be_cached()
    {
        var expected = new List<CallExpectation>();
        await using var client = new ObservedClient(new Answers(), o => (o.EstimateBeforeSend, o.OnEstimate) = (true, expected.Add));
        var body = Turn("It is noon. ", "a").Replace("claude-sonnet-4-5", "claude-haiku-4-5", StringComparison.Ordinal);
        body = body.Remove(body.IndexOf(Filler, StringComparison.Ordinal), 80 * Filler.Length);
        var tool = $$"""{"name":"look","description":"{{string.Concat(Enumerable.Repeat(Filler, 10))}}","input_schema":{"type":"object"} }""";

        await SendAsync(client, body.Insert(1, $"\"tools\":[{tool}],"));

        // 4,096 are the least that this model caches.
        Assert.InRange(expected[0].InputTokens, 4_200, 4_900);
        Assert.Equal(0, expected[0].Cache!.TokensShort);
        Assert.InRange(expected[0].Cache!.Write5mTokens, 4_096, expected[0].InputTokens);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_context_that_the_provider_edited_is_no_loss_of_the_providers()
    {
        await using var client = new ObservedClient(new Answers { Edits = true });

        await SendAsync(client, Turn("It is noon. ", "a"));
        await SendAsync(client, Turn("It is noon. ", "a", "b", "c"));

        Assert.Equal("messages_edited", client.Rows()[^1].CacheBreak?.Reason);
        Assert.Contains("cleared by context_management", client.Rows()[^1].CacheBreak?.Segment, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_application_can_keep_a_call_that_would_lose_its_cache()
    {
        var provider = new Answers();
        await using var client = new ObservedClient(provider, o => o.AllowSend = expected => expected.Cache?.Break is null);
        await SendAsync(client, Turn("It is noon. ", "a"));

        await Assert.ThrowsAsync<CallWithheldException>(() => SendAsync(client, Turn("It is nine. ", "a", "b", "c")));

        Assert.Equal(1, provider.Sent);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_failed_attempt_writes_nothing_into_the_cache_that_is_followed()
    {
        var provider = new Answers { FailsFirst = true };
        var expected = new List<CallExpectation>();
        await using var client = new ObservedClient(provider, o => (o.EstimateBeforeSend, o.OnEstimate) = (true, expected.Add));

        await SendAsync(client, Turn("It is noon. ", "a"));
        await SendAsync(client, Turn("It is noon. ", "a"));
        await SendAsync(client, Turn("It is noon. ", "a"));

        Assert.Equal([0L, 0L, 5_000L], expected.Select(one => one.Cache!.ReadTokens));
    }

    private static string Turn(string head, params string[] said)
    {
        var messages = string.Join(',', said.Select((text, i) => $$"""{"role":"{{(i % 2 == 0 ? "user" : "assistant")}}","content":"{{text}}"}"""));
        var system = head + string.Concat(Enumerable.Repeat(Filler, 300));
        return $$"""{"model":"claude-sonnet-4-5","max_tokens":100,"system":[{"type":"text","text":"{{system}}","cache_control":{"type":"ephemeral"} }],"messages":[{{messages}}]}""";
    }

    private static async Task SendAsync(ObservedClient client, string body)
    {
        using var request = Provider.Post(body);
        using var response = await client.Http.SendAsync(request, Token);
        await response.Content.ReadAsByteArrayAsync(Token);
    }

    // Caches system prompts, whole.
    private sealed class Answers : HttpMessageHandler
    {
        private readonly HashSet<string> _cached = new(StringComparer.Ordinal);

        public bool FailsFirst { get; init; }

        /// <summary>Clears something of every history, and so reads nothing.</summary>
        public bool Edits { get; init; }

        public int Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            if (Sent++ == 0 && FailsFirst)
            {
                return Answer(HttpStatusCode.ServiceUnavailable, """{"type":"error","error":{"type":"api_error","message":"no"}}""");
            }

            var isRead = !_cached.Add(body[..body.IndexOf("messages", StringComparison.Ordinal)]) && !Edits;
            var edits = Edits ? "\"context_management\":{\"applied_edits\":[{\"type\":\"clear_tool_uses_20250919\",\"cleared_input_tokens\":9}]}," : "";
            return Answer(HttpStatusCode.OK, $$"""{"id":"msg_{{Sent}}","type":"message","role":"assistant",{{edits}}"model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":3,"cache_read_input_tokens":{{(isRead ? 5_000 : 0)}},"cache_creation_input_tokens":{{(isRead ? 0 : 5_000)}},"cache_creation":{"ephemeral_5m_input_tokens":{{(isRead ? 0 : 5_000)}},"ephemeral_1h_input_tokens":0} } }""");
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }
}
