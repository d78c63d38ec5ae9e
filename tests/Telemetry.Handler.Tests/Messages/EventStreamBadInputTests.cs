using System.Text;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Tests.EventStreams;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

/// <summary>Event streams that are broken: each fault has its name, and what can still be read is read.</summary>
public sealed class EventStreamBadInputTests
{
    private const string LostDelta = """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lost"}}""";

    private static readonly byte[] Text = Frames.OfServerSentEvents(Samples.Text);

    public static TheoryData<string, byte[]> Broken()
    {
        var delta = Frames.Chunk(LostDelta);
        var payload = Encoding.UTF8.GetBytes("""{"bytes":"e30="}""");
        return new()
        {
            { "corrupt_frame", Frames.Damaged(delta, -1) },
            { "corrupt_frame", Frames.Damaged(delta, -20) },
            { "corrupt_frame", Frames.Damaged(delta, 20) },
            { "malformed_frame", Frames.Build(Frames.Headers((":event-type", "chunk")), payload, headersLength: 1000) },
            { "malformed_frame", Frames.Build([3, (byte)'a', (byte)'b', (byte)'c', 99], payload) },
            { "unknown_frame", Frames.Build(Frames.Headers((":event-type", "chunk"), (":message-type", "rumour")), payload) },
            { "unknown_frame", Frames.Build(Frames.Headers((":event-type", "chunk")), payload) },
            { "unknown_frame", Frames.Build([], []) },
            { "unknown_frame", Frames.Event("brandNew", LostDelta) },
            { "invalid_base64", Frames.Event("chunk", """{"bytes":"%%%%","p":"a"}""") },
            { "invalid_base64", Frames.Event("chunk", LostDelta.Replace("type", "bytes", StringComparison.Ordinal)) },
            { "missing_bytes", Frames.Event("chunk", """{"p":"a"}""") },
            { "missing_bytes", Frames.Event("chunk", """{"bytes":""}""") },
            { "malformed_json", Frames.Event("chunk", "bytes") },
            { "malformed_json", Frames.Event("chunk", "") },
            { "malformed_json", Frames.Chunk("no json") },
            { "malformed_json", Frames.Chunk(LostDelta[..^1]) },
            { "malformed_json", Frames.Event("contentBlockDelta", "no json") },
        };
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_frame_is_named_and_left_out_and_the_rest_is_read(string fault, byte[] frame)
    {
        var bytes = Frames.Join(frame, Text);
        var facts = Feeding.Whole(AnswerKind.EventStream, bytes);

        Assert.Equal(fault, Assert.Single(facts.FaultNames));
        Assert.Equal((true, 57, 49), (facts.IsComplete, facts.Usage.OutputTokens, facts.Received.Text));
        AssertSplits(bytes);
    }

    public static TheoryData<string, byte[]> Lost() => new()
    {
        { "framing_lost", Frames.Damaged(Frames.Chunk(LostDelta), 0) },
        { "framing_lost", Frames.Damaged(Frames.Chunk(LostDelta), 6) },
        { "framing_lost", Frames.Damaged(Frames.Chunk(LostDelta), 11) },
        { "framing_lost", Frames.Build([], [], length: 3) },
        { "frame_too_large", Frames.Build([], [], length: 2_147_483_648) },
        { "frame_too_large", Frames.Build([], [], length: 17 << 20) },
        { "framing_lost", Encoding.UTF8.GetBytes(Samples.Text) },
        { "framing_lost", Encoding.UTF8.GetBytes("""{"message":"a page or an error instead of a stream"}""") },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public void After_a_length_that_cannot_be_trusted_nothing_is_read_and_what_was_read_stays(string fault, byte[] frame)
    {
        var start = Frames.OfServerSentEvents(Samples.ErrorInTheMiddle[..Samples.ErrorInTheMiddle.IndexOf("event: error", StringComparison.Ordinal)]);
        var bytes = Frames.Join(start, frame, Text);
        var facts = Feeding.Whole(AnswerKind.EventStream, bytes);

        Assert.Equal(fault, Assert.Single(facts.FaultNames));
        Assert.Equal((false, 8, "msg_03", 2), (facts.IsComplete, facts.Usage.InputTokens, facts.MessageId, facts.Events));
        AssertSplits(bytes);
    }

    [Fact]
    public void A_frame_cut_off_does_not_count()
    {
        for (var missing = 1; missing < 100; missing++)
        {
            var facts = Feeding.Whole(AnswerKind.EventStream, Text.AsSpan(0, Text.Length - missing));

            Assert.Equal((false, "truncated_frame"), (facts.IsComplete, string.Join(',', facts.FaultNames)));
            Assert.Equal(57, facts.Usage.OutputTokens);
        }
    }

    [Fact]
    public void Every_cut_gives_the_same_facts()
    {
        AssertSplits(Frames.OfServerSentEvents(Samples.ThinkingAndTools));
        AssertSplits(ConverseSamples.Stream);
    }

    [Fact]
    public void Random_damage_never_throws_and_gives_the_same_facts_however_it_is_cut()
    {
        var random = new Random(101);
        byte[][] samples = [Text, ConverseSamples.Stream, Frames.OfServerSentEvents(Samples.ErrorInTheMiddle)];
        for (var round = 0; round < 2000; round++)
        {
            var bytes = samples[random.Next(samples.Length)].ToArray();
            for (var damage = random.Next(6); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            AssertSame(bytes, random);
        }
    }

    [Fact]
    public void Random_payloads_in_sound_frames_never_throw()
    {
        var random = new Random(102);
        var chunk = Encoding.UTF8.GetBytes("""{"p":"abc","bytes":"eyJ0eXBlIjoicGluZyJ9"}""");
        var metadata = Encoding.UTF8.GetBytes("""{"metrics":{"latencyMs":5},"usage":{"inputTokens":1,"cacheDetails":[{"ttl":"5m","inputTokens":3}]}}""");
        for (var round = 0; round < 2000; round++)
        {
            var payload = (random.Next(2) == 0 ? chunk : metadata).ToArray();
            for (var damage = random.Next(4); damage > 0; damage--)
            {
                payload[random.Next(payload.Length)] = (byte)"\"\\{}[]:,=A1u\n"[random.Next(13)];
            }

            string[] types = ["chunk", "metadata", "messageStop", "contentBlockDelta", "contentBlockStart", "what"];
            var headers = Frames.Headers((":message-type", random.Next(5) == 0 ? "exception" : "event"), (":event-type", types[random.Next(types.Length)]));
            AssertSame(Frames.Join(ConverseSamples.Start, Frames.Build(headers, payload), ConverseSamples.Stop), random);
        }
    }

    [Fact]
    public void Garbage_is_no_answer()
    {
        var random = new Random(103);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            AssertSame(bytes, random);
        }
    }

    private static void AssertSame(byte[] bytes, Random random)
    {
        var facts = Feeding.Whole(AnswerKind.EventStream, bytes);
        Assert.DoesNotContain("parser_failed", facts.FaultNames, StringComparer.Ordinal);
        Assert.Equal(Feeding.Tell(facts), Feeding.Tell(Feeding.AtRandom(AnswerKind.EventStream, bytes, random)));
    }

    private static void AssertSplits(byte[] bytes)
    {
        var expected = Feeding.Tell(Feeding.Whole(AnswerKind.EventStream, bytes));
        Assert.Equal(expected, Feeding.Tell(Feeding.ByteByByte(AnswerKind.EventStream, bytes)));
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(expected, Feeding.Tell(Feeding.InTwo(AnswerKind.EventStream, bytes, cut)));
        }
    }
}
