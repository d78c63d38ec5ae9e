using Anthropic.Models.Messages;

namespace Quickstart;

/// <summary>The requests of this example.</summary>
internal static class Requests
{
    public const string BigModel = "claude-opus-5-5";
    public const string SmallModel = "claude-haiku-5-5";

    /// <summary>A system prompt long enough to be worth caching.</summary>
    public static string Rules { get; } = string.Join(' ', Enumerable.Repeat("Answer in one short sentence and say what it costs.", 250));

    public static MessageCreateParams Ask(string question, string model = BigModel) => new()
    {
        Model = model,
        MaxTokens = 2000,
        System = new List<TextBlockParam> { new(Rules) { CacheControl = new CacheControlEphemeral() } },
        Messages = [new UserMessageParam(question)],
    };

    public static MessageCreateParams AskTool(string question) => Ask(question, SmallModel) with
    {
        Tools =
        [
            new Tool { Name = "get_price", Description = "The price of a model's tokens.", InputSchema = new InputSchema() },
        ],
    };

    /// <summary>Continues a conversation with the result of the tool that the answer called.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="call">The tool call in the answer.</param>
    /// <param name="result">The result.</param>
    /// <returns>The request.</returns>
    public static MessageCreateParams WithToolResult(MessageCreateParams asked, ToolUseBlock call, string result) => asked with
    {
        Messages =
        [
            .. asked.Messages,
            new AssistantMessageParam(new List<ContentBlockParam> { new ToolUseBlockParam { ID = call.ID, Name = call.Name, Input = call.Input } }),
            new UserMessageParam(new List<ContentBlockParam> { new ToolResultBlockParam(call.ID) { Content = result } }),
        ],
    };
}
