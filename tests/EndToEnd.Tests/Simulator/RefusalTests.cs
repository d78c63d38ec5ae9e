using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator;
using MessagesSimulator.Limits;
using Xunit;

namespace EndToEnd.Tests.Simulator;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("{", 400, "not valid JSON")]
    [InlineData("[]", 400, "must be a JSON object")]
    [InlineData("""{"max_tokens":1,"messages":[{"role":"user","content":"x"}]}""", 400, "model: Field required")]
    [InlineData("""{"model":"gpt-x","max_tokens":1,"messages":[{"role":"user","content":"x"}]}""", 404, "model: gpt-x")]
    [InlineData("""{"model":"claude-sonnet-4-6","messages":[{"role":"user","content":"x"}]}""", 400, "max_tokens: Field required")]
    [InlineData("""{"model":"claude-sonnet-4-6","max_tokens":1,"messages":[]}""", 400, "at least one message")]
    [InlineData("""{"model":"claude-sonnet-4-6","max_tokens":1,"messages":[{"role":"user","content":7}]}""", 400, "content")]
    [InlineData("""{"model":"claude-sonnet-4-6","max_tokens":200000,"messages":[{"role":"user","content":"x"}]}""", 400, "128000")]
    public async Task Bad_requests_are_refused_in_the_words_of_the_api(string body, int status, string words)
    {
        await using var server = await MessagesServer.StartAsync();
        using var api = new Api(server);

        using var response = await api.SendAsync(body);

        Assert.Equal(status, (int)response.StatusCode);
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(words, error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(response.Headers.GetValues("request-id").Single(), error.GetProperty("request_id").GetString());
        Assert.Empty(server.Bill.Lines);
    }

    [Fact]
    public async Task Five_breakpoints_are_one_too_many()
    {
        await using var server = await MessagesServer.StartAsync();
        using var api = new Api(server);
        var system = new JsonArray([.. Enumerable.Range(0, 5).Select(i => (JsonNode)Api.Block($"part {i}", marked: true))]);

        using var response = await api.SendAsync(Api.Request(Api.Ask("x"), system).ToJsonString());

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_hour_must_not_come_after_five_minutes()
    {
        await using var server = await MessagesServer.StartAsync();
        using var api = new Api(server);
        var system = new JsonArray(Api.Block("one", "5m"), Api.Block("two", "1h"));

        using var response = await api.SendAsync(Api.Request(Api.Ask("x"), system).ToJsonString());

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_prompt_too_long_is_told_its_length()
    {
        await using var server = await MessagesServer.StartAsync();
        using var api = new Api(server);

        using var response = await api.SendAsync(Api.Request(Api.Ask(Api.Words(200_001)), model: "claude-haiku-4-5").ToJsonString());

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(
            "prompt is too long: 200007 tokens > 200000 maximum",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_known_key_nobody_is_served()
    {
        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions { Keys = new HashSet<string>(["good"], StringComparer.Ordinal) });
        using var bad = new Api(server, "bad");
        using var good = new Api(server, "good");
        var body = Api.Request(Api.Ask("x")).ToJsonString();

        using var refused = await bad.SendAsync(body);
        using var served = await good.SendAsync(body);

        Assert.Equal((401, 200), ((int)refused.StatusCode, (int)served.StatusCode));
    }

    [Fact]
    public async Task An_enforced_limit_is_told_and_then_lifted()
    {
        var clock = new StillClock();
        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions
        {
            TimeProvider = clock,
            Limits = new RateLimits(Requests: 2) { Enforced = true },
        });
        using var api = new Api(server);
        var body = Api.Request(Api.Ask("x")).ToJsonString();

        using var first = await api.SendAsync(body);
        using var second = await api.SendAsync(body);
        using var third = await api.SendAsync(body);
        clock.Advance(TimeSpan.FromSeconds(30));
        using var fourth = await api.SendAsync(body);

        Assert.Equal((200, 200, 429, 200), ((int)first.StatusCode, (int)second.StatusCode, (int)third.StatusCode, (int)fourth.StatusCode));
        Assert.Equal("1", first.Headers.GetValues("anthropic-ratelimit-requests-remaining").Single());
        Assert.Equal("30", third.Headers.GetValues("retry-after").Single());
    }
}
