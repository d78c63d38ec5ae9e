using System.Text;
using System.Text.Json;
using MessagesSimulator;
using MessagesSimulator.Billing;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Simulator;

public sealed class FaultTests : IAsyncLifetime
{
    private MessagesServer _server = null!;
    private Api _api = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await MessagesServer.StartAsync();
        _api = new Api(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_overload_has_the_headers_of_the_real_one_and_the_next_call_works()
    {
        _server.Script.Next(Fault.Overloaded(retryAfter: "1"));

        using var first = await SendAsync(stream: false);
        using var second = await SendAsync(stream: false);

        Assert.Equal((529, 200), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal("1", first.Headers.GetValues("retry-after").Single());
        Assert.Equal("true", first.Headers.GetValues("x-should-retry").Single());
        Assert.Contains("overloaded_error", await first.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Single(_server.Bill.Lines);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 1)]
    public async Task An_error_event_ends_a_stream_that_began_well(int after, int lines)
    {
        _server.Script.Next(Fault.ErrorEvent(after));

        using var response = await SendAsync(stream: true);
        var frames = SseFrame.Read(await response.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(after + 1, frames.Count);
        Assert.Equal("error", frames[^1].Name);
        Assert.Equal("overloaded_error", frames[^1].Data.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(lines, _server.Bill.Lines.Count);
        Assert.All(_server.Bill.Lines, line => Assert.Equal(AnswerState.BrokenOff, line.State));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(1, false)]
    public async Task A_reset_connection_throws_at_the_reader(int after, bool stream)
    {
        _server.Script.Next(Fault.Reset(after));

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var response = await SendAsync(stream);
            await response.Content.ReadAsByteArrayAsync(Cancellation);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_can_end_early_without_any_error(bool stream)
    {
        _server.Script.Next(Fault.EndEarly(4));

        using var response = await SendAsync(stream);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.DoesNotContain("message_stop", text, StringComparison.Ordinal);
        Assert.False(text.EndsWith("}}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Malformed_bytes_are_no_json(bool stream)
    {
        _server.Script.Next(Fault.Malformed(4));

        using var response = await SendAsync(stream);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.ThrowsAny<JsonException>(() => stream ? SseFrame.Read(text)[0].Data : JsonElement.Parse(text));
        Assert.Equal(stream, text.Contains("message_stop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hanging_answer_ends_when_the_client_gives_up()
    {
        _server.Script.Next(Fault.Hang(3));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var response = await SendAsync(stream: true);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        var got = 0;
        var buffer = new byte[4096];
        while (Encoding.UTF8.GetString(buffer, 0, got).Split("\n\n").Length <= 3)
        {
            got += await body.ReadAsync(buffer.AsMemory(got), Cancellation);
        }

        var waiting = body.ReadAsync(buffer, patience.Token).AsTask();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _server.WhenIdleAsync();
        Assert.Equal(AnswerState.BrokenOff, _server.Bill.Lines.Single().State);
    }

    [Fact]
    public async Task Bytes_are_kept_as_they_came_and_went_even_when_cut_anywhere()
    {
        _server.Script.Next(Reply.Text("naïve 日本語 🙂 text"), new StreamPace { BytesPerWrite = 3 });
        var sent = "{ \"stream\":true ,\"model\":\"claude-sonnet-4-6\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"ü\"}]}";

        using var response = await _api.SendAsync(sent);
        var received = await response.Content.ReadAsByteArrayAsync(Cancellation);
        await _server.WhenIdleAsync();

        var request = _server.Requests.Single();
        Assert.Equal(sent, Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal(received, request.SentBody.ToArray());
        Assert.Equal("2023-06-01", request.Header("Anthropic-Version"));
    }

    [Fact]
    public async Task The_bill_agrees_with_the_answer()
    {
        using var response = await SendAsync(stream: false);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));

        var line = _server.Bill.Find(answer.GetProperty("id").GetString()!)!;
        var usage = answer.GetProperty("usage");
        Assert.Equal(AnswerState.Complete, line.State);
        Assert.Equal(response.Headers.GetValues("request-id").Single(), line.RequestId);
        Assert.Equal(usage.GetProperty("input_tokens").GetInt32(), line.Usage.InputTokens);
        Assert.Equal(usage.GetProperty("output_tokens").GetInt32(), line.Usage.OutputTokens);
    }

    [Fact]
    public async Task Counting_tokens_agrees_with_the_bill_and_is_free()
    {
        var request = Api.Request(Api.Ask("How long is this?"), tools: new System.Text.Json.Nodes.JsonArray(Api.Tool("ruler")));
        using var counted = await _api.SendAsync(request.ToJsonString(), "/gateway/v1/messages/count_tokens?beta=true");
        var count = JsonElement.Parse(await counted.Content.ReadAsStringAsync(Cancellation)).GetProperty("input_tokens").GetInt32();

        Assert.Empty(_server.Bill.Lines);
        var answer = await _api.CallAsync(request);
        Assert.Equal(count, answer.GetProperty("usage").GetProperty("input_tokens").GetInt32());
    }

    private Task<HttpResponseMessage> SendAsync(bool stream)
    {
        var request = Api.Request(Api.Ask("Tell me."));
        request["stream"] = stream;
        return _api.SendAsync(request.ToJsonString());
    }
}
