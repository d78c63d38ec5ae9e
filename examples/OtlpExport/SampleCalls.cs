using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using MessagesSimulator;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Telemetry.Handler;

namespace OtlpExport;

/// <summary>Makes the calls that are exported: a small conversation, over and over, and some misfortunes.</summary>
internal sealed class SampleCalls(Options options)
{
    private const string BigModel = "claude-opus-5-5";
    private const string SmallModel = "claude-haiku-5-5";

    // Simulated calls must not stand in the ledger of the real ones.
    private static readonly MessagesTelemetryOptions s_withoutLedger = new() { WriteToLedger = false };

    private static readonly string s_rules = string.Join(' ', Enumerable.Repeat("Answer in one short sentence.", 400));

    /// <summary>The calls made so far, as an application counts them: a retry is no call of its own.</summary>
    public int Made { get; private set; }

    public async Task RunAsync()
    {
        if (options.IsLive)
        {
            using var real = new AnthropicClient(new ClientOptions { Handlers = [new MessagesTelemetryHandler()] });
            await StreamAsync(real, SmallModel, "Say hello.");
            return;
        }

        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions
        {
            Pace = new StreamPace { BeforeFirstEvent = TimeSpan.FromMilliseconds(40), BetweenEvents = TimeSpan.FromMilliseconds(2) },
        });
        for (var round = 0; round < options.Rounds; round++)
        {
            await RoundAsync(server);
            await Task.Delay(round + 1 < options.Rounds ? options.Pause : TimeSpan.Zero);
        }
    }

    private async Task RoundAsync(MessagesServer server)
    {
        using var client = new AnthropicClient(new ClientOptions
        {
            BaseUrl = server.BaseUrl.ToString().TrimEnd('/'),
            ApiKey = "sk-ant-example",
            Handlers = [new MessagesTelemetryHandler(s_withoutLedger)],
        });
        foreach (var question in (string[])["What is a prompt cache?", "When does it expire?", "What breaks it?"])
        {
            await StreamAsync(client, BigModel, question);
            await StreamAsync(client, SmallModel, question);
        }

        server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        await client.Messages.Create(Question(SmallModel, "Is anybody there?"));
        Made++;
        server.Script.Next(new ScriptStep(Reply.Text("This sentence will never be finished because of an error"), Fault.ErrorEvent(6)));
        await StreamAsync(client, BigModel, "Will this end well?");
    }

    private async Task StreamAsync(AnthropicClient client, string model, string question)
    {
        try
        {
            await foreach (var _ in client.Messages.CreateStreaming(Question(model, question)))
            {
                // An application would show the text here.
            }
        }
        catch (AnthropicException error) when (!options.IsLive)
        {
            Console.WriteLine($"as planned, a stream broke off: {error.Message.Split('\n')[0]}");
        }

        Made++;
    }

    private static MessageCreateParams Question(string model, string question) => new()
    {
        Model = model,
        MaxTokens = 200,
        System = new List<TextBlockParam> { new(s_rules) { CacheControl = new CacheControlEphemeral() } },
        Messages = [new UserMessageParam(question)],
    };
}
