using System.Text.Json.Nodes;
using MessagesSimulator;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Simulator;

public sealed class CacheTests : IAsyncLifetime
{
    private readonly StillClock _clock = new();
    private MessagesServer _server = null!;
    private Api _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await MessagesServer.StartAsync(new MessagesServerOptions { TimeProvider = _clock });
        _api = new Api(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_marked_prefix_is_written_once_and_read_afterwards()
    {
        var first = await _api.CacheOfAsync(Marked());
        var second = await _api.CacheOfAsync(Marked());

        Assert.Equal(0, first.Read);
        Assert.True(first.Write5m > 1500);
        Assert.Equal((first.Write5m, 0, 0, first.Uncached), second);
    }

    [Fact]
    public async Task A_prefix_below_the_minimum_of_its_model_is_not_cached()
    {
        var first = await _api.CacheOfAsync(Marked(words: 1000));
        var second = await _api.CacheOfAsync(Marked(words: 1000));

        Assert.Equal((0, 0, 0), (first.Read, first.Write5m, first.Write1h));
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Five_minutes_after_its_last_use_an_entry_is_gone()
    {
        await _api.CacheOfAsync(Marked());
        _clock.Advance(TimeSpan.FromMinutes(4.9));
        var refreshing = await _api.CacheOfAsync(Marked());
        _clock.Advance(TimeSpan.FromMinutes(4.9));
        var refreshed = await _api.CacheOfAsync(Marked());
        _clock.Advance(TimeSpan.FromMinutes(5));
        var late = await _api.CacheOfAsync(Marked());

        Assert.True(refreshing.Read > 0);
        Assert.True(refreshed.Read > 0);
        Assert.Equal(0, late.Read);
        Assert.Equal(refreshed.Read, late.Write5m);
    }

    [Fact]
    public async Task An_hour_long_entry_lives_an_hour_and_is_billed_apart()
    {
        var request = Marked();
        request["system"] = new JsonArray(Api.Block(Api.Words(1500), "1h"), Api.Block(Api.Words(1500, "item"), "5m"));

        var first = await _api.CacheOfAsync(request);
        _clock.Advance(TimeSpan.FromMinutes(30));
        var second = await _api.CacheOfAsync(request);

        Assert.InRange(first.Write1h, 1500, 1510);
        Assert.Equal(1500, first.Write5m);
        Assert.Equal((first.Write1h, 1500, 0), (second.Read, second.Write5m, second.Write1h));
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public async Task An_entry_is_found_at_most_twenty_positions_back(int blocksBetween, bool found)
    {
        await _api.CacheOfAsync(Marked());
        var longer = Marked();
        var content = new JsonArray();
        for (var i = 0; i < blocksBetween; i++)
        {
            content.Add((JsonNode)Api.Block("more", marked: i == blocksBetween - 1));
        }

        longer["system"]![0]!.AsObject().Remove("cache_control");
        longer["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = content });

        var result = await _api.CacheOfAsync(longer);

        Assert.Equal(found, result.Read > 0);
    }

    [Fact]
    public async Task Entries_belong_to_one_key_and_one_model()
    {
        using var other = new Api(_server, "sk-ant-other");

        await _api.CacheOfAsync(Marked());
        var otherKey = await other.CacheOfAsync(Marked());
        var otherModel = Marked();
        otherModel["model"] = "claude-opus-4-8";

        Assert.Equal(0, otherKey.Read);
        Assert.Equal(0, (await _api.CacheOfAsync(otherModel)).Read);
    }

    [Fact]
    public async Task A_write_can_be_read_only_once_its_answer_has_begun()
    {
        _server.Script.Next(Fault.Overloaded());

        using var failed = await _api.SendAsync(Marked().ToJsonString());
        var after = await _api.CacheOfAsync(Marked());

        Assert.Equal(529, (int)failed.StatusCode);
        Assert.Equal(0, after.Read);
        Assert.True(after.Write5m > 0);
    }

    [Theory]
    [InlineData("tools", false, false)]
    [InlineData("order", false, false)]
    [InlineData("system", true, false)]
    [InlineData("speed", true, false)]
    [InlineData("tool_choice", true, true)]
    [InlineData("thinking", true, true)]
    [InlineData("effort", true, true)]
    [InlineData("image", true, true)]
    public async Task A_change_loses_its_level_and_all_behind_it(string change, bool toolsKept, bool systemKept)
    {
        var before = await _api.CacheOfAsync(Levels());
        var toolTokens = await TokensOfToolsAsync();
        var changed = Levels();
        Change(changed, change);

        var after = await _api.CacheOfAsync(changed);

        Assert.True(before.Write5m > 4500);
        Assert.Equal(toolsKept, after.Read >= toolTokens);
        Assert.Equal(systemKept, after.Read >= toolTokens + 1500);
        Assert.True(after.Read < before.Write5m);
    }

    [Fact]
    public async Task What_is_said_later_keeps_everything_before_it()
    {
        var first = await _api.CallAsync(Levels());
        var written = first.GetProperty("usage").GetProperty("cache_creation_input_tokens").GetInt32();
        var next = Levels();
        next["messages"]!.AsArray().Add((JsonNode)new JsonObject { ["role"] = "assistant", ["content"] = first.GetProperty("content")[0].GetProperty("text").GetString() });
        next["messages"]!.AsArray().Add((JsonNode)new JsonObject { ["role"] = "user", ["content"] = "And then?" });

        Assert.Equal(written, (await _api.CacheOfAsync(next)).Read);
    }

    [Fact]
    public async Task Automatic_caching_marks_the_last_block_that_can_be_marked()
    {
        var request = Api.Request(Api.Ask(Api.Words(2000)));
        request["cache_control"] = new JsonObject { ["type"] = "ephemeral" };

        var first = await _api.CacheOfAsync(request);
        var second = await _api.CacheOfAsync(request);

        Assert.InRange(first.Write5m, 2000, 2010);
        Assert.Equal(first.Write5m, second.Read);
    }

    [Fact]
    public async Task Eviction_forgets_everything()
    {
        await _api.CacheOfAsync(Marked());
        _server.EvictCache();

        Assert.Equal(0, (await _api.CacheOfAsync(Marked())).Read);
    }

    private static JsonObject Marked(int words = 1500) =>
        Api.Request(Api.Ask("What now?"), new JsonArray(Api.Block(Api.Words(words), marked: true)));

    private static JsonObject Levels()
    {
        var last = Api.Tool("second", Api.Words(1500));
        last["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        var content = new JsonArray(Api.Block(Api.Words(1500, "fact"), marked: true));
        return Api.Request(
            new JsonArray(new JsonObject { ["role"] = "user", ["content"] = content }),
            new JsonArray(Api.Block(Api.Words(1500, "rule"), marked: true)),
            new JsonArray(Api.Tool("first"), last));
    }

    private async Task<int> TokensOfToolsAsync()
    {
        using var counter = new Api(_server);
        var alone = Levels();
        alone.Remove("system");
        alone["messages"] = Api.Ask("x");
        using var response = await counter.SendAsync(alone.ToJsonString(), "/v1/messages/count_tokens");
        var count = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return count["input_tokens"]!.GetValue<int>() - 7; // The message and the frame around it.
    }

    private static void Change(JsonObject request, string what)
    {
        switch (what)
        {
            case "tools":
                request["tools"]![0]!["description"] = "Looks other things up.";
                break;
            case "order":
                var first = request["tools"]![0]!.DeepClone();
                request["tools"]!.AsArray().RemoveAt(0);
                request["tools"]!.AsArray().Add(first);
                break;
            case "system":
                request["system"]![0]!["text"] = Api.Words(1500, "law");
                break;
            case "speed":
                request["speed"] = "fast";
                break;
            case "tool_choice":
                request["tool_choice"] = new JsonObject { ["type"] = "any" };
                break;
            case "thinking":
                request["thinking"] = new JsonObject { ["type"] = "adaptive" };
                break;
            case "effort":
                request["output_config"] = new JsonObject { ["effort"] = "low" };
                break;
            default:
                request["messages"]![0]!["content"]!.AsArray().Add((JsonNode)new JsonObject
                {
                    ["type"] = "image",
                    ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = "image/png", ["data"] = "AA==" },
                });
                break;
        }
    }
}
