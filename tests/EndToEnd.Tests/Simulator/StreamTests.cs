using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator;
using MessagesSimulator.Billing;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Simulator;

public sealed class StreamTests : IAsyncLifetime
{
    private readonly StillClock _clock = new();
    private MessagesServer _server = null!;
    private Api _api = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    public async Task Events_come_in_the_order_of_the_real_ones()
    {
        _server.Script.Next(Reply.Thinking("Let me see. It is so.", "It is so."));

        var (frames, _) = await StreamAsync(Streamed());

        Assert.Equal(
            [
                "message_start",
                "content_block_start", "ping", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_stop",
                "message_delta", "message_stop",
            ],
            frames.Select(frame => frame.Name),
            StringComparer.Ordinal);
        Assert.All(frames, frame => Assert.Equal(frame.Name, frame.Data.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_stream_says_what_a_whole_answer_says()
    {
        var whole = await _api.CallAsync(Api.Request(Api.Ask("Tell me.")));
        var (frames, _) = await StreamAsync(Streamed());

        var text = string.Concat(frames
            .Where(frame => frame.Name is "content_block_delta")
            .Select(frame => frame.Data.GetProperty("delta").GetProperty("text").GetString()));
        var last = frames.Single(frame => frame.Name is "message_delta").Data;
        Assert.Equal(whole.GetProperty("content")[0].GetProperty("text").GetString(), text);
        Assert.Equal(whole.GetProperty("stop_reason").GetString(), last.GetProperty("delta").GetProperty("stop_reason").GetString());
        Assert.Equal(
            whole.GetProperty("usage").GetProperty("output_tokens").GetInt32(),
            last.GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task The_first_usage_has_the_split_and_a_placeholder_the_last_has_neither()
    {
        var (frames, bytes) = await StreamAsync(Streamed());

        var first = frames[0].Data.GetProperty("message").GetProperty("usage");
        var last = frames[^2].Data.GetProperty("usage");
        Assert.True(first.TryGetProperty("cache_creation", out _));
        Assert.False(last.TryGetProperty("cache_creation", out _));
        Assert.False(last.TryGetProperty("service_tier", out _));
        Assert.InRange(first.GetProperty("output_tokens").GetInt32(), 1, last.GetProperty("output_tokens").GetInt32() - 1);
        Assert.Contains("  }\n\n", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_named_in_the_question_is_called_with_its_input_in_pieces()
    {
        var request = Streamed("Use get_weather, please.");
        request["tools"] = new JsonArray(Api.Tool("get_weather"));

        var (frames, _) = await StreamAsync(request);

        var input = string.Concat(frames
            .Where(frame => frame.Name is "content_block_delta" && frame.Data.GetProperty("index").GetInt32() == 1)
            .Select(frame => frame.Data.GetProperty("delta").GetProperty("partial_json").GetString()));
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(input).ValueKind);
        Assert.Equal("tool_use", frames[^2].Data.GetProperty("delta").GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task The_limits_of_the_request_cut_the_answer()
    {
        _server.Script
            .Next(Reply.Text("one two three four five six"))
            .Next(Reply.Text("one two three four five six"));
        var short1 = Api.Request(Api.Ask("Count."));
        short1["max_tokens"] = 3;
        var stopped = Api.Request(Api.Ask("Count."));
        stopped["stop_sequences"] = new JsonArray(" four");

        var cut = await _api.CallAsync(short1);
        var ended = await _api.CallAsync(stopped);

        Assert.Equal(("max_tokens", 3), (Stop(cut), Output(cut)));
        Assert.Equal("one two three", cut.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(("stop_sequence", " four"), (Stop(ended), ended.GetProperty("stop_sequence").GetString()));
        Assert.Equal("one two three", ended.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Warming_up_with_no_output_bills_the_input_alone()
    {
        var request = Api.Request(Api.Ask("Warm up."));
        request["max_tokens"] = 0;

        var answer = await _api.CallAsync(request);

        Assert.Equal(("max_tokens", 0), (Stop(answer), Output(answer)));
        Assert.Empty(answer.GetProperty("content").EnumerateArray());
    }

    [Fact]
    public async Task Hidden_thinking_is_counted_though_nobody_sees_it()
    {
        _server.Script.Next(Reply.Thinking("one two three", "four"));
        var request = Streamed();
        request["thinking"] = new JsonObject { ["type"] = "adaptive", ["display"] = "omitted" };

        var (frames, text) = await StreamAsync(request);

        var usage = frames[^2].Data.GetProperty("usage");
        Assert.DoesNotContain("two", text, StringComparison.Ordinal);
        Assert.Equal(3, usage.GetProperty("output_tokens_details").GetProperty("thinking_tokens").GetInt32());
        Assert.Equal(4, usage.GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task A_client_that_leaves_pays_for_what_was_generated()
    {
        _server.Script.Next(
            Reply.Text(Api.Words(100)),
            new StreamPace { BetweenEvents = TimeSpan.FromSeconds(1), TokensPerDelta = 1 });
        using (var response = await _api.SendAsync(Streamed().ToJsonString()))
        {
            await _clock.TimersSetAsync(1, Cancellation);
            for (var i = 0; i < 9; i++)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                await _clock.TimersSetAsync(1, Cancellation);
            }
        }

        await _server.WhenIdleAsync();
        Assert.Equal(AnswerState.BrokenOff, _server.Bill.Lines[0].State);
        Assert.InRange(_server.Bill.Lines[0].Usage.OutputTokens, 7, 9);
    }

    [Fact]
    public async Task Parallel_first_requests_all_write()
    {
        var pace = new StreamPace { BeforeHeaders = TimeSpan.FromSeconds(1) };
        var request = Api.Request(Api.Ask("Go."), new JsonArray(Api.Block(Api.Words(1500), marked: true)));
        for (var i = 0; i < 3; i++)
        {
            _server.Script.Next(Reply.Text("Gone."), pace);
        }

        var calls = Enumerable.Range(0, 3).Select(_ => _api.CacheOfAsync(request)).ToList();
        await _clock.TimersSetAsync(3, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var first = await Task.WhenAll(calls);
        var later = await _api.CacheOfAsync(request);

        Assert.All(first, usage => Assert.Equal((0, first[0].Write5m), (usage.Read, usage.Write5m)));
        Assert.Equal(first[0].Write5m, later.Read);
    }

    private static JsonObject Streamed(string question = "Tell me.")
    {
        var request = Api.Request(Api.Ask(question));
        request["stream"] = true;
        return request;
    }

    private static string? Stop(JsonElement answer) => answer.GetProperty("stop_reason").GetString();

    private static int Output(JsonElement answer) => answer.GetProperty("usage").GetProperty("output_tokens").GetInt32();

    private async Task<(IReadOnlyList<SseFrame> Frames, string Bytes)> StreamAsync(JsonObject request)
    {
        using var response = await _api.SendAsync(request.ToJsonString());
        var bytes = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return (SseFrame.Read(bytes), bytes);
    }
}
