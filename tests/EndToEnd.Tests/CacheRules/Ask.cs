using System.Text;
using System.Text.Json.Nodes;
using MessagesSimulator.Caching;
using MessagesSimulator.Corpus;
using MessagesSimulator.Tokens;

namespace EndToEnd.Tests.CacheRules;

/// <summary>A cache without a server, and requests whose tokens are easy to count: four bytes each.</summary>
internal sealed class Ask(PromptCacheOptions? options = null)
{
    public const string Model = "claude-opus-4-8"; // Caches from 1024 tokens on.

    public static readonly CacheCaller Me = new("me");

    public CorpusClock Clock { get; } = new();

    public PromptCacheSimulator Cache => field ??= new(Clock, (options ?? new PromptCacheOptions()) with { Tokens = TokenRule.Bytes with { PerMessage = 0, PerAnswer = 0, PerTool = 0, PerImage = 100 } });

    public static string Text(int tokens, char letter = 'a') => new(letter, tokens * 4);

    public static JsonObject Block(int tokens, string? ttl = null, char letter = 'a') => Marked(
        new JsonObject { ["type"] = "text", ["text"] = Text(tokens, letter) }, ttl);

    public static JsonObject Marked(JsonObject block, string? ttl)
    {
        if (ttl is not null)
        {
            block["cache_control"] = new JsonObject { ["type"] = "ephemeral", ["ttl"] = ttl };
        }

        return block;
    }

    /// <summary>A tool of so many tokens.</summary>
    public static JsonObject Tool(int tokens, string? ttl = null, char letter = 't') => Marked(
        new JsonObject { ["name"] = $"{letter}ool", ["description"] = Text(tokens - 1, letter) }, ttl);

    public static JsonObject Message(string role, params JsonObject[] content) =>
        new() { ["role"] = role, ["content"] = new JsonArray([.. content.Cast<JsonNode>()]) };

    public static JsonObject User(params JsonObject[] content) => Message("user", content);

    public static JsonObject Request(params JsonObject[] messages) =>
        new() { ["model"] = Model, ["max_tokens"] = 5000, ["messages"] = new JsonArray([.. messages.Cast<JsonNode>()]) };

    /// <summary>A request with a breakpoint on each level: 2,000 tokens of tools, 3,000 of the system prompt, 4,000 of messages.</summary>
    public static JsonObject Levels()
    {
        var request = Request(User(Block(4000, "5m", 'm')));
        request["tools"] = new JsonArray(Tool(1000, letter: 'b'), Tool(1000, "5m"));
        request["system"] = new JsonArray(Block(3000, "5m", 's'));
        return request;
    }

    public static JsonObject With(JsonObject request, string member, JsonNode? value)
    {
        request[member] = value;
        return request;
    }

    public static ReadOnlyMemory<byte> Bytes(JsonObject request) => Encoding.UTF8.GetBytes(request.ToJsonString());

    /// <summary>Tokens read, written for five minutes, written for an hour, and neither.</summary>
    public (int Read, int Write5m, int Write1h, int Uncached) Send(JsonObject request, CacheCaller? caller = null, string betas = "")
    {
        var usage = Cache.Answer(Bytes(request), caller ?? Me, betas);
        return (usage.CacheReadInputTokens, usage.CacheCreation5mInputTokens, usage.CacheCreation1hInputTokens, usage.InputTokens);
    }

    public int Read(JsonObject request, CacheCaller? caller = null, string betas = "") => Send(request, caller, betas).Read;

    public Ask Also(Action<Ask> action)
    {
        action(this);
        return this;
    }

    public void Wait(double minutes) => Clock.Now += TimeSpan.FromMinutes(minutes);
}
