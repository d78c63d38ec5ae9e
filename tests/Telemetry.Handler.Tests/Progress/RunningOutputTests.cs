using System.Text;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Progress;
using Telemetry.Handler.Recording;
using Telemetry.Handler.Tests.EventStreams;
using Telemetry.Handler.Tests.Messages;
using Telemetry.Handler.Tokens;
using Xunit;

namespace Telemetry.Handler.Tests.Progress;

public sealed class RunningOutputTests
{
    private const string Pair = """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\ud83d\ude00 caf\u00e9 \ud83d."}}""";

    [Fact]
    public void However_its_bytes_arrive_the_count_is_the_same()
    {
        var events = Encoding.UTF8.GetBytes(UntilItsEnd(Samples.Text));
        var frames = Frames.OfServerSentEvents(UntilItsEnd(Samples.Text));
        var expected = OfText("Grüße, 世界 😀a \"quoted\"\n\\ line é 😀 \uFFFD", tokensPerCount: 1.46);

        for (var size = 1; size < 60; size++)
        {
            Assert.Equal(expected, Tokens(AnswerKind.MessageStream, events, size));
            Assert.Equal(expected, Tokens(AnswerKind.EventStream, frames, size));
        }
    }

    [Fact]
    public void Escaped_characters_beyond_the_first_plane_are_whole() => Assert.Equal(
        OfText("😀 café \uFFFD.", tokensPerCount: 1.46),
        Tokens(AnswerKind.MessageStream, Encoding.UTF8.GetBytes($"data: {Pair}\n\n"), 1_000));

    [Fact]
    public void A_damaged_frame_does_not_count()
    {
        var whole = Frames.Chunk("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello there"}}""");
        var damaged = Frames.Damaged([.. whole], whole.Length - 1);

        Assert.Equal(
            Tokens(AnswerKind.EventStream, whole, 1_000),
            Tokens(AnswerKind.EventStream, Frames.Join(whole, damaged), 1_000));
    }

    [Fact]
    public void Thinking_that_is_not_shown_counts_as_the_stream_tells()
    {
        var events = Samples.ThinkingAndTools[..Samples.ThinkingAndTools.IndexOf("event: content_block_stop", StringComparison.Ordinal)];

        Assert.Equal(50 + 3, Tokens(AnswerKind.MessageStream, Encoding.UTF8.GetBytes(events), 1_000));
    }

    [Fact]
    public void What_the_last_usage_tells_takes_the_place_of_the_count() =>
        Assert.Equal(57, Tokens(AnswerKind.MessageStream, Encoding.UTF8.GetBytes(Samples.Text), 1_000));

    private static string UntilItsEnd(string events) => events[..events.IndexOf("event: message_delta", StringComparison.Ordinal)];

    private static long OfText(string text, double tokensPerCount) => (long)Math.Ceiling((TokenCounter.O200kBase.Count(text) * tokensPerCount) + 3);

    private static long Tokens(AnswerKind kind, ReadOnlySpan<byte> bytes, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.anthropic.com/v1/messages");
        var parser = AnswerParser.Create(kind, null, new StoppedTime(), 0, null);
        var sketch = new CallSketch(MessagesEndpoint.Recognize(request, ModelAliases.None)!, TimeProvider.System) { StartTimestamp = 0, Parser = parser };
        var output = new RunningOutput(sketch);
        parser.Output = output;
        while (!bytes.IsEmpty)
        {
            parser.Feed(bytes[..Math.Min(size, bytes.Length)]);
            bytes = bytes[Math.Min(size, bytes.Length)..];
            Assert.InRange(output.Tokens, 0, output.MostTokens);
        }

        return output.Tokens;
    }
}
