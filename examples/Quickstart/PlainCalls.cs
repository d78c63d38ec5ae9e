using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MessagesSimulator;
using MessagesSimulator.Replies;

namespace Quickstart;

/// <summary>Calls through a plain <see cref="HttpClient"/>, for those who use no SDK.</summary>
internal sealed class PlainCalls(MessagesServer server, Observation observation) : IDisposable
{
    private readonly HttpClient _client = new(observation.NewHandler(new SocketsHttpHandler()))
    {
        BaseAddress = server.BaseUrl,
        DefaultRequestHeaders = { { "x-api-key", "sk-ant-quickstart" }, { "anthropic-version", "2023-06-01" } },
    };

    public async Task MakeAsync()
    {
        using var _ = observation.Label("quickstart", "plain");
        var request = new JsonObject
        {
            ["model"] = Requests.SmallModel,
            ["max_tokens"] = 500,
            ["system"] = new JsonArray(new JsonObject
            {
                ["type"] = "text",
                ["text"] = "Be plain. " + Requests.Rules,
                ["cache_control"] = new JsonObject { ["type"] = "ephemeral", ["ttl"] = "1h" },
            }),
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "How long does an hour last?" }),
        };
        var counted = await PostAsync("/v1/messages/count_tokens", request);
        Show.Line("HttpClient: tokens counted, free of charge", $"{JsonNode.Parse(counted)!["input_tokens"]} tokens");
        server.Script.Next(Reply.Text("Sixty minutes after the request began that last read it.")).Next(Reply.Text("Still an hour."));
        var answer = JsonNode.Parse(await PostAsync("/v1/messages", request))!;
        Show.Line("HttpClient: an answer, cached for an hour", answer["content"]![0]!["text"]!.ToString());
        request["stream"] = true;
        var stream = await PostAsync("/v1/messages", request);
        Show.Line("HttpClient: streamed, the cache read", $"{stream.Split("\n\n").Length - 1} events");
        await LoseTheCacheAsync(request, answer);
    }

    // The conversation goes on, and somebody has put the time into the system prompt: nothing of it can be read any more.
    private async Task LoseTheCacheAsync(JsonObject request, JsonNode answer)
    {
        request["stream"] = false;
        request["system"]![0]!["text"] = "Be plain. It is 12:01. " + Requests.Rules;
        request["messages"]!.AsArray().Add(new JsonObject { ["role"] = "assistant", ["content"] = answer["content"]!.DeepClone() });
        request["messages"]!.AsArray().Add(new JsonObject { ["role"] = "user", ["content"] = "And how long is a day?" });
        server.Script.Next(Reply.Text("Twenty-four of them."));
        var last = JsonNode.Parse(await PostAsync("/v1/messages", request))!;
        Show.Line("HttpClient: the time in the system prompt", $"{last["usage"]!["cache_read_input_tokens"]} tokens read from the cache");
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> PostAsync(string path, JsonObject request)
    {
        using var response = await _client.PostAsJsonAsync(path, request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
