using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using MessagesSimulator;
using MessagesSimulator.Billing;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Telemetry.Handler;
using Xunit;

namespace EndToEnd.Tests.Sdk;

/// <summary>With the handler attached, the official SDK does what it does without: same bytes, same retries, same exceptions.</summary>
[Collection(ObservedCalls.Name)]
public sealed class SdkBehaviourTests : IAsyncLifetime
{
    private MessagesServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await MessagesServer.StartAsync(new MessagesServerOptions { Seed = 7 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task An_answer_is_the_same_with_and_without_the_handler(Attachment attachment)
    {
        using var observed = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler());
        using var bare = SdkClient.Create(_server, attachment, new Bystander());

        var withHandler = await observed.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);
        var without = await bare.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        Assert.Equal(Text(without), Text(withHandler));
        Assert.Equal(without.Usage.OutputTokens, withHandler.Usage.OutputTokens);
        Assert.Equal(_server.Requests[1].Body.ToArray(), _server.Requests[0].Body.ToArray());
        Assert.Equal(Names(_server.Requests[1]), Names(_server.Requests[0]), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task A_stream_arrives_whole(Attachment attachment)
    {
        _server.Script.Next(Reply.Text("one two three four five"));
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler());

        var text = "";
        await foreach (var one in client.Messages.CreateStreaming(SdkClient.Ask("Count."), Cancellation))
        {
            text += one.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece) ? piece.Text : "";
        }

        Assert.Equal("one two three four five", text);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task A_tool_is_called_and_its_result_answered(Attachment attachment)
    {
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler());
        var question = SdkClient.AskTool("Use get_weather for Oslo.");

        var call = await client.Messages.Create(question, Cancellation);
        var answer = await client.Messages.Create(SdkClient.WithToolResult(question, call, "Rain."), Cancellation);

        Assert.Equal("tool_use", call.StopReason?.Raw());
        Assert.Equal("end_turn", answer.StopReason?.Raw());
        Assert.Equal(2, _server.Bill.Lines.Count);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task An_overload_is_retried(Attachment attachment)
    {
        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler());

        await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        Assert.Equal([529, 200], _server.Requests.Select(request => request.Status));
        Assert.Equal(["0", "1"], _server.Requests.Select(request => request.Header("x-stainless-retry-count")), StringComparer.Ordinal);
        Assert.Equal(_server.Requests[0].Body.ToArray(), _server.Requests[1].Body.ToArray());
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task An_error_in_the_stream_is_thrown(Attachment attachment)
    {
        _server.Script.Next(Fault.ErrorEvent(afterEvents: 5));
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler());

        await Assert.ThrowsAnyAsync<AnthropicException>(() => ReadAsync(client, most: int.MaxValue));

        Assert.Equal(AnswerState.BrokenOff, _server.Bill.Lines.Single().State);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task A_stream_can_be_left_early(Attachment attachment)
    {
        _server.Script.Next(
            Reply.Text(string.Join(' ', Enumerable.Repeat("word", 4000))),
            new StreamPace { TokensPerDelta = 1, BetweenEvents = TimeSpan.FromMilliseconds(1) });
        using var client = SdkClient.Create(_server, attachment, new MessagesTelemetryHandler());

        var read = await ReadAsync(client, most: 6);
        await _server.WhenIdleAsync();

        Assert.Equal(6, read);
        Assert.Equal(AnswerState.BrokenOff, _server.Bill.Lines.Single().State);
    }

    private static async Task<int> ReadAsync(AnthropicClient client, int most)
    {
        var read = 0;
        await foreach (var _ in client.Messages.CreateStreaming(SdkClient.Ask("Tell me."), Cancellation))
        {
            if (++read == most)
            {
                break;
            }
        }

        return read;
    }

    private static string Text(Message message) =>
        string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));

    private static IEnumerable<string> Names(MessagesSimulator.Serving.RecordedRequest request) =>
        request.Headers.Select(header => header.Key).Where(name => name is not "traceparent");

    /// <summary>Does nothing.</summary>
    private sealed class Bystander : DelegatingHandler;
}
