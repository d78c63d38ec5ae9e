using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using Telemetry.Handler;

namespace Snippets;

/// <summary>The handler in the official SDK.</summary>
internal static class OfficialSdk
{
    public static async Task<string> Run(Uri api, string key)
    {
        // snippet: official-sdk
        using var claude = new AnthropicClient(new ClientOptions
        {
            ApiKey = key,
            BaseUrl = api.ToString(),
            Handlers = [new MessagesTelemetryHandler()],
        });

        var answer = await claude.Messages.Create(new MessageCreateParams
        {
            Model = Model.ClaudeSonnet5_5,
            MaxTokens = 200,
            Messages = [new UserMessageParam("Why is the sky blue?")],
        });
        // end of snippet
        return answer.ID;
    }
}
