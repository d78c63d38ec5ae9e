using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace Quickstart;

/// <summary>One small call to the real API; it costs less than a cent.</summary>
internal static class LiveCall
{
    public static async Task MakeAsync(Observation observation)
    {
        using var label = observation.Label("quickstart", "live");
        using var client = new AnthropicClient(new ClientOptions { Handlers = [observation.NewHandler()] });
        try
        {
            var text = "";
            await foreach (var one in client.Messages.CreateStreaming(new MessageCreateParams
            {
                Model = Requests.SmallModel,
                MaxTokens = 100,
                Messages = [new UserMessageParam("Say hello in one short sentence.")],
            }))
            {
                text += one.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece) ? piece.Text : "";
            }

            Show.Line("SDK: a real answer, streamed", text);
        }
        catch (AnthropicException error)
        {
            Show.Line("SDK: the call failed", error.Message);
        }
    }
}
