using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator;
using Xunit;

namespace EndToEnd.Tests.Simulator;

/// <summary>A bare client of the simulated API.</summary>
internal sealed class Api(MessagesServer server, string key = "sk-ant-test") : IDisposable
{
    // With the usual drain time of two seconds a closed response would go on being read.
    private readonly HttpClient _client = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
    {
        BaseAddress = server.BaseUrl,
    };

    public const string Model = "claude-sonnet-4-6";

    /// <summary>A text of so many words, each of which is a token.</summary>
    public static string Words(int count, string word = "note") => string.Join(' ', Enumerable.Repeat(word, count));

    public static JsonObject Request(JsonNode messages, JsonNode? system = null, JsonNode? tools = null, string model = Model)
    {
        var request = new JsonObject { ["model"] = model, ["max_tokens"] = 1000, ["messages"] = messages };
        if (system is not null)
        {
            request["system"] = system;
        }

        if (tools is not null)
        {
            request["tools"] = tools;
        }

        return request;
    }

    public static JsonArray Ask(string text) => [new JsonObject { ["role"] = "user", ["content"] = text }];

    public static JsonObject Block(string text, string? ttl = null, bool marked = false)
    {
        var block = new JsonObject { ["type"] = "text", ["text"] = text };
        if (marked || ttl is not null)
        {
            block["cache_control"] = new JsonObject { ["type"] = "ephemeral", ["ttl"] = ttl ?? "5m" };
        }

        return block;
    }

    public static JsonObject Tool(string name, string description = "Looks things up.") => new()
    {
        ["name"] = name,
        ["description"] = description,
        ["input_schema"] = new JsonObject { ["type"] = "object" },
    };

    public Task<HttpResponseMessage> SendAsync(string body, string path = "/v1/messages", string? betas = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("x-api-key", key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        if (betas is not null)
        {
            request.Headers.Add("anthropic-beta", betas);
        }

        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request that must succeed.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The answer.</returns>
    public async Task<JsonElement> CallAsync(JsonObject request)
    {
        using var response = await SendAsync(request.ToJsonString());
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    /// <summary>Sends a request and gives what its answer says of the cache.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Tokens read, written for five minutes, written for an hour, and neither.</returns>
    public async Task<(int Read, int Write5m, int Write1h, int Uncached)> CacheOfAsync(JsonObject request)
    {
        var usage = (await CallAsync((JsonObject)request.DeepClone())).GetProperty("usage");
        var split = usage.GetProperty("cache_creation");
        return (
            usage.GetProperty("cache_read_input_tokens").GetInt32(),
            split.GetProperty("ephemeral_5m_input_tokens").GetInt32(),
            split.GetProperty("ephemeral_1h_input_tokens").GetInt32(),
            usage.GetProperty("input_tokens").GetInt32());
    }

    public void Dispose() => _client.Dispose();
}
