using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator.Replies;
using Xunit;

namespace EndToEnd.Tests.Agents;

/// <summary>An agent with tools, and one conversation of its: what was said is sent again with all that follows.</summary>
/// <param name="office">Where it works.</param>
/// <param name="name">What it is about; other words make another conversation.</param>
internal sealed class Agent(Office office, string name)
{
    private static readonly string[] Vocabulary =
        ["order", "the", "customer", "of", "refund", "delivery", "was", "late", "and", "we", "parcel", "store", "returns", "an", "invoice", "is", "paid", "within", "weeks", "policy"];

    /// <summary>What was said.</summary>
    public JsonArray Messages { get; private init; } = [];

    /// <summary>The tools, by name with what they do.</summary>
    public Dictionary<string, string> Tools { get; } = new(StringComparer.Ordinal)
    {
        ["look_up"] = Words("look_up", 120),
        ["refund"] = Words("refund", 120),
        ["send_mail"] = Words("send_mail", 300),
    };

    /// <summary>The system prompt.</summary>
    public string System { get; set; } = Words("system", 2_400);

    /// <summary>Words that are always the same for a seed.</summary>
    public static string Words(string seed, int count)
    {
        var chance = new Random(seed.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => Vocabulary[chance.Next(Vocabulary.Length)]));
    }

    /// <summary>The same conversation once more.</summary>
    public Agent Fork() => new(office, name) { Messages = (JsonArray)Messages.DeepClone(), System = System };

    /// <summary>The user says something, and an answer comes.</summary>
    public Task SayAsync(string text, Reply reply, int process = 0)
    {
        Add("user", Text($"{name}: {text}"));
        return SendAsync(reply, process);
    }

    /// <summary>The last answer's calls of tools get their results.</summary>
    public Task BringAsync(string result, Reply reply, bool isError = false, int process = 0)
    {
        var results = new JsonArray();
        foreach (var call in Messages[^1]!["content"]!.AsArray().Where(block => (string?)block!["type"] == "tool_use"))
        {
            results.Add(new JsonObject
            {
                ["type"] = "tool_result",
                ["tool_use_id"] = (string?)call!["id"],
                ["is_error"] = isError,
                ["content"] = result,
            });
        }

        Messages.Add(new JsonObject { ["role"] = "user", ["content"] = results });
        return SendAsync(reply, process);
    }

    private void Add(string role, JsonNode block) => Messages.Add(new JsonObject { ["role"] = role, ["content"] = new JsonArray(block) });

    private async Task SendAsync(Reply reply, int process)
    {
        office.Server.Script.Next(reply);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(Request()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add("x-api-key", "key");
        message.Headers.Add("anthropic-version", "2023-06-01");
        using var response = await office.Client(process).SendAsync(message, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        Messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = JsonNode.Parse(answer)!["content"]!.DeepClone() });
    }

    private string Request()
    {
        var messages = (JsonArray)Messages.DeepClone();
        messages[^1]!["content"]!.AsArray()[^1]!["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        var system = Text(System);
        system["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        return new JsonObject
        {
            ["model"] = "claude-sonnet-5",
            ["max_tokens"] = 400,
            ["tools"] = new JsonArray([.. Tools.Select(tool => new JsonObject
            {
                ["name"] = tool.Key,
                ["description"] = tool.Value,
                ["input_schema"] = new JsonObject { ["type"] = "object" },
            })]),
            ["system"] = new JsonArray(system),
            ["messages"] = messages,
        }.ToJsonString(JsonSerializerOptions.Web);
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
}
