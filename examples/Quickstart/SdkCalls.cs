using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using MessagesSimulator;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;

namespace Quickstart;

/// <summary>Calls through the official SDK, with the handler in <see cref="ClientOptions.Handlers"/>.</summary>
internal sealed class SdkCalls(MessagesServer server, Observation observation) : IDisposable
{
    /// <summary>How fast the simulated model answers.</summary>
    public static StreamPace Pace { get; } = new()
    {
        BeforeFirstEvent = TimeSpan.FromMilliseconds(60),
        BetweenEvents = TimeSpan.FromMilliseconds(3),
    };

    private readonly AnthropicClient _client = new(new ClientOptions
    {
        BaseUrl = server.BaseUrl.ToString().TrimEnd('/'),
        ApiKey = "sk-ant-quickstart",

        // Without this, a stream that is left early goes on being generated, and billed, for up to two seconds.
        HttpClient = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { Timeout = Timeout.InfiniteTimeSpan },
        Handlers = [observation.NewHandler()],
    });

    public async Task MakeAsync()
    {
        using var _ = observation.Label("quickstart", "sdk");
        Say("It keeps the beginning of a prompt, so that the next request need not pay for it in full.");
        var first = await _client.Messages.Create(Requests.Ask("What is a prompt cache?"));
        Show.Line("SDK: an answer, its system prompt cached", TextOf(first));
        Say("Five minutes after it was last read, or an hour if you paid for that.");
        Show.Line("SDK: streamed, the cache read", await StreamAsync(Requests.Ask("And when does it expire?")));
        server.Script.Next(Reply.Thinking("A write costs 1.25 times the input, a read a tenth or less. So the second read pays for it.", "From the second request on."));
        Show.Line("SDK: thinking first", await StreamAsync(Requests.Ask("Is it worth it?") with { Thinking = new ThinkingConfigAdaptive() }));
        await UseToolAsync();
        await SurviveOverloadAsync();
        await BreakOffAsync();
        await LeaveEarlyAsync();
    }

    public void Dispose() => _client.Dispose();

    private async Task UseToolAsync()
    {
        var question = Requests.AskTool("Please call get_price for opus.");
        var answer = await _client.Messages.Create(question);
        var call = answer.Content.Select(block => block.TryPickToolUse(out var tool) ? tool : null).OfType<ToolUseBlock>().First();
        Show.Line("SDK: a tool is called", $"{call.Name}(…)");
        Say("Four dollars for a million tokens of input.");
        var last = await _client.Messages.Create(Requests.WithToolResult(question, call, "4 dollars a million"));
        Show.Line("SDK: its result is answered", TextOf(last));
    }

    private async Task SurviveOverloadAsync()
    {
        server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        Say("Now I am.");
        var answer = await _client.Messages.Create(Requests.Ask("Is anybody there?", Requests.SmallModel));
        Show.Line("SDK: a 529, retried by the SDK", TextOf(answer));
    }

    private async Task BreakOffAsync()
    {
        server.Script.Next(new ScriptStep(Reply.Text("This answer breaks off before it has said what it wanted to say"), Fault.ErrorEvent(6)));
        try
        {
            await StreamAsync(Requests.Ask("Will this end well?"));
        }
        catch (AnthropicException error)
        {
            Show.Line("SDK: an error in the middle of a stream", error.GetType().Name);
        }
    }

    private async Task LeaveEarlyAsync()
    {
        Say(string.Join(' ', Enumerable.Repeat("Once upon a time, and so on.", 200)));
        Show.Line("SDK: a stream that nobody reads to the end", await StreamAsync(Requests.Ask("Tell me a long story."), mostEvents: 10));
    }

    private void Say(string text) => server.Script.Next(Reply.Text(text));

    private async Task<string> StreamAsync(MessageCreateParams request, int mostEvents = int.MaxValue)
    {
        var text = "";
        var events = 0;
        await foreach (var one in _client.Messages.CreateStreaming(request))
        {
            text += one.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece) ? piece.Text : "";
            if (++events == mostEvents)
            {
                break;
            }
        }

        return text;
    }

    private static string TextOf(Message message) =>
        string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));
}
