using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator;
using MessagesSimulator.Caching;
using MessagesSimulator.Limits;
using MessagesSimulator.Providers;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Simulator;

/// <summary>What the server adds to the cache: keys, limits, load, regions.</summary>
public sealed class ServingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Diagnostics_come_with_the_message(bool streamed)
    {
        await using var server = await MessagesServer.StartAsync();
        using var api = new Api(server);
        var first = await api.CallAsync(Marked(previous: null));
        var changed = Marked(first.GetProperty("id").GetString());
        changed["system"]![0]!["text"] = "Something else";
        changed["stream"] = streamed;

        using var response = await api.SendAsync(changed.ToJsonString());
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(JsonValueKind.Null, first.GetProperty("diagnostics").ValueKind);
        Assert.Contains("\"diagnostics\":{\"cache_miss_reason\":{\"type\":\"system_changed\",\"cache_missed_input_tokens\":", text, StringComparison.Ordinal);
        Assert.False((await api.CallAsync(Api.Request(Api.Ask("x")))).TryGetProperty("diagnostics", out _));
    }

    [Fact]
    public async Task Keys_of_a_workspace_share_its_cache_and_the_answer_names_it()
    {
        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions
        {
            Callers = new Dictionary<string, CacheCaller>
            {
                ["key-1"] = new("org", "wrkspc_01a"),
                ["key-2"] = new("org", "wrkspc_01a"),
                ["key-3"] = new("org", "wrkspc_01b"),
            },
        });
        using var one = new Api(server, "key-1");
        using var two = new Api(server, "key-2");
        using var three = new Api(server, "key-3");

        var written = await one.CacheOfAsync(Marked());

        Assert.Equal(written.Write5m, (await two.CacheOfAsync(Marked())).Read);
        Assert.Equal(0, (await three.CacheOfAsync(Marked())).Read);
        using var response = await three.SendAsync(Marked().ToJsonString());
        Assert.Equal("wrkspc_01b", response.Headers.GetValues("anthropic-workspace-id").Single());
    }

    [Fact]
    public async Task A_held_answer_lets_others_write_the_same()
    {
        await using var server = await MessagesServer.StartAsync();
        using var api = new Api(server);
        var gate = new AnswerGate();
        server.Script.Next(new ScriptStep(Gate: gate));

        var held = api.CacheOfAsync(Marked());
        await gate.Reached;
        var overtaking = await api.CacheOfAsync(Marked());
        gate.Open();

        Assert.Equal(await held, overtaking);
        Assert.Equal(0, overtaking.Read);
        Assert.Equal(overtaking.Write5m, (await api.CacheOfAsync(Marked())).Read);
    }

    [Fact]
    public async Task Overloads_strike_by_lot()
    {
        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions { OverloadedShare = 0.4, OverloadSeed = 5 });
        using var api = new Api(server);
        var statuses = new List<int>();
        for (var i = 0; i < 100; i++)
        {
            using var response = await api.SendAsync(Api.Request(Api.Ask("x")).ToJsonString());
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 529], statuses.Distinct().Order());
        Assert.InRange(statuses.Count(status => status == 529), 25, 55);
        Assert.Equal(statuses.Count(status => status == 200), server.Bill.Lines.Count);
    }

    [Theory]
    [InlineData("claude-sonnet-4-6", false)]
    [InlineData("claude-3-5-haiku-20241022", true)]
    public async Task Reads_do_not_count_towards_the_limit_except_on_one_model(string model, bool counts)
    {
        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions
        {
            TimeProvider = new StillClock(),
            Limits = new RateLimits(InputTokens: 100_000),
        });
        using var api = new Api(server);
        var request = Marked(words: 20_000);
        request["model"] = model;
        using var writing = await api.SendAsync(request.ToJsonString());
        using var reading = await api.SendAsync(request.ToJsonString());

        Assert.InRange(Limit(writing, "input-tokens-remaining"), 79_000, 80_000);
        Assert.InRange(Limit(reading, "input-tokens-remaining"), counts ? 59_000 : 79_000, counts ? 60_000 : 80_000);
    }

    [Fact]
    public async Task The_limits_headers_add_up_and_the_bucket_fills_with_time()
    {
        var clock = new StillClock();
        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions
        {
            TimeProvider = clock,
            Limits = new RateLimits(Requests: 60, InputTokens: 60_000, OutputTokens: 6_000) { Enforced = true },
        });
        using var api = new Api(server);
        var body = Api.Request(Api.Ask(Api.Words(40_000))).ToJsonString();

        using var first = await api.SendAsync(body);
        using var second = await api.SendAsync(body);
        using var refused = await api.SendAsync(body);
        var wait = int.Parse(refused.Headers.GetValues("retry-after").Single(), CultureInfo.InvariantCulture);
        clock.Advance(TimeSpan.FromSeconds(wait));
        using var after = await api.SendAsync(body);

        Assert.Equal((200, 200, 429, 200), ((int)first.StatusCode, (int)second.StatusCode, (int)refused.StatusCode, (int)after.StatusCode));
        Assert.InRange(wait, 20, 22);
        Assert.All([first, refused], response =>
        {
            foreach (var what in (string[])["limit", "remaining"])
            {
                Assert.Equal(Limit(response, $"input-tokens-{what}") + Limit(response, $"output-tokens-{what}"), Limit(response, $"tokens-{what}"));
            }
        });
        Assert.Equal(0, Limit(refused, "input-tokens-remaining"));
    }

    [Fact]
    public async Task Clouds_cache_by_region_and_bedrock_knows_no_automatic_caching()
    {
        await using var server = await MessagesServer.StartAsync();
        await using var cloud = await ProviderServer.StartAsync(server);
        using var client = new HttpClient { BaseAddress = cloud.BaseUrl };

        Assert.Equal(0, await ReadAsync("us-east-1"));
        Assert.True(await ReadAsync("us-east-1") > 1000);
        Assert.Equal(0, await ReadAsync("eu-west-1"));

        var automatic = Marked();
        automatic["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        using var refused = await SendAsync("us-east-1", automatic);
        Assert.Equal(400, (int)refused.StatusCode);

        async Task<int> ReadAsync(string region)
        {
            using var response = await SendAsync(region, Marked());
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return JsonElement.Parse(text).GetProperty("usage").GetProperty("cache_read_input_tokens").GetInt32();
        }

        Task<HttpResponseMessage> SendAsync(string region, JsonObject body)
        {
            body.Remove("model");
            body["anthropic_version"] = "bedrock-2023-05-31";
            var request = new HttpRequestMessage(HttpMethod.Post, "/model/anthropic.claude-sonnet-4-6-v1%3A0/invoke")
            {
                Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Host = $"bedrock-runtime.{region}.amazonaws.com";
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=x");
            return client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    private static JsonObject Marked(int words = 3000) =>
        Api.Request(Api.Ask("What now?"), new JsonArray(Api.Block(Api.Words(words), marked: true)));

    private static JsonObject Marked(string? previous)
    {
        var request = Marked();
        request["diagnostics"] = new JsonObject { ["previous_message_id"] = previous };
        return request;
    }

    private static int Limit(HttpResponseMessage response, string name) =>
        int.Parse(response.Headers.GetValues($"anthropic-ratelimit-{name}").Single(), CultureInfo.InvariantCulture);
}
