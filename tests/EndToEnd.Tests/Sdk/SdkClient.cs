using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using MessagesSimulator;

namespace EndToEnd.Tests.Sdk;

/// <summary>Makes clients of the official SDK, and the requests of these tests.</summary>
internal static class SdkClient
{
    public const string Model = "claude-sonnet-4-6";

    public static AnthropicClient Create(MessagesServer server, Attachment attachment, DelegatingHandler handler)
    {
        var inner = new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero };
        var options = new ClientOptions { BaseUrl = server.BaseUrl.ToString().TrimEnd('/'), ApiKey = "sk-ant-secret-key" };
        if (attachment == Attachment.Handlers)
        {
            options = options with { HttpClient = new HttpClient(inner) { Timeout = Timeout.InfiniteTimeSpan }, Handlers = [handler] };
        }
        else
        {
            handler.InnerHandler = inner;
            options = options with { HttpClient = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan } };
        }

        return new AnthropicClient(options);
    }

    public static MessageCreateParams Ask(string question) => new()
    {
        Model = Model,
        MaxTokens = 1000,
        Messages = [new UserMessageParam(question)],
    };

    /// <summary>A question with a system prompt that is long enough to be cached.</summary>
    /// <param name="question">The question.</param>
    /// <param name="ttl">The lifetime.</param>
    /// <returns>The request.</returns>
    public static MessageCreateParams AskCached(string question, Ttl ttl = Ttl.Ttl5m) => Ask(question) with
    {
        System = new List<TextBlockParam>
        {
            new(string.Join(' ', Enumerable.Repeat("rule", 1500))) { CacheControl = new CacheControlEphemeral { Ttl = ttl } },
        },
    };

    public static MessageCreateParams AskTool(string question) => Ask(question) with
    {
        Tools =
        [
            new Tool
            {
                Name = "get_weather",
                Description = "The weather of a place.",
                InputSchema = new InputSchema(),
            },
        ],
    };

    /// <summary>Continues a conversation with the result of the tool that the answer called.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="result">The result.</param>
    /// <returns>The request.</returns>
    public static MessageCreateParams WithToolResult(MessageCreateParams asked, Message answer, string result)
    {
        var call = answer.Content.Select(block => block.TryPickToolUse(out var tool) ? tool : null).OfType<ToolUseBlock>().Single();
        return asked with
        {
            Messages =
            [
                .. asked.Messages,
                new AssistantMessageParam(new List<ContentBlockParam> { new ToolUseBlockParam { ID = call.ID, Name = call.Name, Input = call.Input } }),
                new UserMessageParam(new List<ContentBlockParam> { new ToolResultBlockParam(call.ID) { Content = result } }),
            ],
        };
    }
}
