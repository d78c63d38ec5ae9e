using System.Text;
using System.Text.Json;
using Telemetry.Handler.Content;
using Telemetry.Handler.Content.Parts;
using Telemetry.Handler.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Content;

/// <summary>Captures content as a call does, without the call.</summary>
internal static class Captured
{
    public const int Plenty = 750_000;

    public static CapturedContent Of(string? request, string? answer, int maxBytes = Plenty, bool toolParameters = false, int pieces = 1) =>
        Of(Bytes(request), Bytes(answer), answer?.StartsWith('{') == true ? AnswerKind.MessageBody : AnswerKind.MessageStream, maxBytes, toolParameters, pieces);

    public static CapturedContent Of(
        byte[]? request, byte[]? answer, AnswerKind kind, int maxBytes = Plenty, bool toolParameters = false, int pieces = 1)
    {
        var content = new CallContent(new ContentOptions { MaxBytes = maxBytes, ToolParameters = toolParameters });
        if (request is not null)
        {
            content.Read(request);
        }

        var parser = AnswerParser.Create(kind, null, TimeProvider.System, 0, null);
        parser.Tap = content.Answer;
        foreach (var piece in (answer ?? []).Chunk(Math.Max(1, (answer?.Length ?? 0) / pieces)))
        {
            parser.Feed(piece);
        }

        parser.Complete();
        return content.Build(parser.Facts.StopReason);
    }

    /// <summary>An event of a stream.</summary>
    public static string Event(string json) => $"data: {json}\n\n";

    /// <summary>A stream of one message with these events in the middle.</summary>
    public static string Stream(params string[] events) => string.Concat(
        [
            Event("""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}"""),
            .. events.Select(Event),
            Event("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}"""),
            Event("""{"type":"message_stop"}"""),
        ]);

    public static IEnumerable<string> All(CapturedContent content) => new[]
    {
        content.SystemInstructions, content.InputMessages, content.OutputMessages, content.ToolDefinitions,
    }.OfType<string>();

    public static int Size(CapturedContent content) =>
        All(content).Concat(content.StopSequences).Sum(Encoding.UTF8.GetByteCount);

    public static void AssertJson(string expected, string? actual)
    {
        Assert.NotNull(actual);
        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(actual).RootElement),
            $"expected {expected}, was {actual}");
    }

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
