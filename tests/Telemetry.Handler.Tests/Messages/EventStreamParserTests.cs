using CostLedger.Records;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Tests.EventStreams;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

public sealed class EventStreamParserTests
{
    private const string Stop = """{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":25,"outputTokenCount":60,"invocationLatency":1482,"firstByteLatency":335,"cacheReadInputTokenCount":7,"cacheWriteInputTokenCount":8}}""";

    private const string Piece = """{#"completion":" Hello","stop_reason":null,"stop":null}""";

    private const string LastPiece = """{#"completion":"","stop_reason":"stop_sequence","stop":"\n\nHuman:","amazon-bedrock-invocationMetrics":{"inputTokenCount":16,"outputTokenCount":11}}""";

    private static readonly byte[] Text = Frames.OfServerSentEvents(Samples.Text);

    public static TheoryData<string> ServerSentEvents() => [Samples.Text, Samples.ThinkingAndTools, Samples.ErrorInTheMiddle];

    [Theory]
    [MemberData(nameof(ServerSentEvents))]
    public void Chunks_tell_what_the_same_events_tell_as_server_sent_events(string text)
    {
        var named = text.Replace("event: something_new\n", "", StringComparison.Ordinal);

        Assert.Equal(Feeding.Tell(Feeding.Stream(named)), Feeding.Tell(Feeding.Whole(AnswerKind.EventStream, Frames.OfServerSentEvents(text))));
    }

    [Fact]
    public void Bedrocks_measurements_stand_beside_the_usage()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.OfServerSentEvents(
            Samples.Text.Replace("""{"type":"message_stop"   }""", Stop, StringComparison.Ordinal)));

        Assert.Equal((12, 57, true), (facts.Usage.InputTokens, facts.Usage.OutputTokens, facts.IsComplete));
        Assert.Equal(
            new InvocationMetrics
            {
                InputTokens = 25,
                OutputTokens = 60,
                CacheReadInputTokens = 7,
                CacheWriteInputTokens = 8,
                InvocationLatency = TimeSpan.FromMilliseconds(1482),
                FirstByteLatency = TimeSpan.FromMilliseconds(335),
            },
            facts.InvocationMetrics);
    }

    [Theory]
    [InlineData("\"type\":\"completion\",")]
    [InlineData("")]
    public void A_legacy_completion_ends_with_the_piece_that_says_why(string type)
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Join(
            Frames.Chunk(Piece.Replace("#", type, StringComparison.Ordinal), padding: null),
            Frames.Chunk(LastPiece.Replace("#", type, StringComparison.Ordinal))));

        Assert.Equal((true, "stop_sequence", false), (facts.IsComplete, facts.StopReason, facts.HasUsage));
        Assert.Equal((16, 11), (facts.InvocationMetrics?.InputTokens, facts.InvocationMetrics?.OutputTokens));
        Assert.Equal((6, 2, 1), (facts.Received.Text, facts.Deltas, facts.ContentBlocks));
        Assert.Empty(facts.FaultNames);
    }

    [Theory]
    [InlineData("throttlingException", "throttlingException")]
    [InlineData("bad name\u0001", null)]
    public void An_exception_is_the_streams_error(string type, string? expected)
    {
        var start = Frames.OfServerSentEvents(Samples.ErrorInTheMiddle[..Samples.ErrorInTheMiddle.IndexOf("event: error", StringComparison.Ordinal)]);
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Join(start, Frames.Exception(type, """{"message":"Too many requests"}""")));

        Assert.Equal((expected, true, false, 8), (facts.ErrorType, facts.SawErrorEvent, facts.IsComplete, facts.Usage.InputTokens));
        Assert.Empty(facts.FaultNames);
    }

    [Fact]
    public void An_error_has_its_code_and_nothing_of_its_message()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Error("InternalError", "secret words"));

        Assert.Equal(("InternalError", true), (facts.ErrorType, facts.SawErrorEvent));
        Assert.DoesNotContain("secret", Feeding.Tell(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_tells_the_size_of_the_prompt_is_heard()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Exception("validationException", """{"message":"prompt is too long: 200027 tokens > 200000 maximum"}"""));

        Assert.Equal(("validationException", 200_027), (facts.ErrorType, facts.PromptTokensFromError));
    }

    [Fact]
    public void An_exception_whose_payload_is_no_json_is_an_exception()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Exception("serviceUnavailableException", "oops"));

        Assert.Equal(("serviceUnavailableException", true), (facts.ErrorType, facts.SawErrorEvent));
    }

    [Fact]
    public void What_comes_after_the_stop_changes_nothing()
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, Frames.Join(Text, Frames.Exception("throttlingException", "{}"), Frames.Event("initial-response", "{}")));

        Assert.Equal((true, false, 2, 0), (facts.IsComplete, facts.SawErrorEvent, facts.EventsAfterStop, facts.UnknownEvents));
    }

    [Fact]
    public void An_event_allocates_nothing_however_it_arrives()
    {
        byte[] bytes = Frames.Join(
            Frames.Chunk("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"some words of an answer, \"quoted\"\n"}        }"""),
            Frames.Chunk("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2lnbmF0dXJl"}}""", padding: null),
            Frames.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"some words"},"p":"abcde"}"""),
            Frames.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{"}},"p":"abcde"}"""));
        foreach (var chunk in new[] { 1, 37, 100_000 })
        {
            var parser = Feeding.Parser(AnswerKind.EventStream);
            Assert.Equal(0, Allocations.Of(() => Feed(parser, bytes, chunk)));
            Assert.Empty(parser.Facts.FaultNames);
            Assert.Equal(6 * 4, parser.Facts.Deltas);
        }
    }

    [Fact]
    public void A_stream_takes_few_bytes_from_its_beginning_to_its_end()
    {
        Feeding.Whole(AnswerKind.EventStream, Text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var facts = Feeding.Whole(AnswerKind.EventStream, Text);

        // All that it ever allocated, so more than what is alive at any time.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 10 * 1024);
        Assert.True(facts.IsComplete);
    }

    [Fact]
    public void A_chunk_of_10_MB_is_read_to_its_end_in_fixed_memory()
    {
        var json = "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + new string('x', 10 << 20) + "\"}}";
        var bytes = Frames.Chunk(json);
        var parser = Feeding.Parser(AnswerKind.EventStream);
        parser.Feed(Text);
        parser = Feeding.Parser(AnswerKind.EventStream);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(parser, bytes, 8000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.Equal((10 << 20, 1), (parser.Facts.Received.Text, parser.Facts.Deltas));
        Assert.Empty(parser.Facts.FaultNames);
    }

    private static void Feed(AnswerParser parser, byte[] bytes, int chunk)
    {
        for (var at = 0; at < bytes.Length; at += chunk)
        {
            parser.Feed(bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)));
        }
    }
}
