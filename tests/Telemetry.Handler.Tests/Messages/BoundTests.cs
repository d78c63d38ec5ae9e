using System.Text;
using Telemetry.Handler.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

/// <summary>Memory: nothing for each delta, little for each stream, whatever comes.</summary>
public sealed class BoundTests
{
    private const int MostLiveBytes = 16 * 1024;

    private static readonly string[] Deltas =
    [
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"some words of an answer, \"quoted\"\n"}        }""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm","estimated_tokens":50}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2lnbmF0dXJl"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\u00e9"}}""",
        """{"type": "ping"}""",
        """{"type":"brand_new","with":{"nested":["values",1,2,3]}}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(100_000)]
    public void An_event_allocates_nothing_however_it_arrives(int chunk)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Deltas.Select(d => $"event: x\ndata: {d}\n\n")));
        var parser = Feeding.Parser(AnswerKind.MessageStream);
        Feed(parser, bytes, chunk, rounds: 3);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(parser, bytes, chunk, rounds: 200);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(203 * Deltas.Length, parser.Facts.Events);
        Assert.Empty(parser.Facts.FaultNames);
    }

    [Fact]
    public void A_stream_takes_few_bytes_from_its_beginning_to_its_end()
    {
        Feeding.Stream(Samples.ThinkingAndTools);
        var bytes = Encoding.UTF8.GetBytes(Samples.ThinkingAndTools);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var parser = Feeding.Parser(AnswerKind.MessageStream);
        Feed(parser, bytes, 100, rounds: 1);
        parser.Complete();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // All that it ever allocated, so more than what is alive at any time.
        Assert.InRange(allocated, 1, MostLiveBytes / 2);
        Assert.True(parser.Facts.IsComplete);
    }

    [Fact]
    public void A_single_line_of_100_MB_is_read_to_its_end_in_fixed_memory()
    {
        var parser = Feeding.Parser(AnswerKind.MessageStream);
        parser.Feed("data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""u8);

        var allocated = FeedLarge(parser, "all in one line ", 100 << 20);
        parser.Feed("\"}}\n\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":5}}\n\n"u8);

        Assert.Equal(0, allocated);
        Assert.Equal((100 << 20, 5), (parser.Facts.Received.Text, parser.Facts.Usage.OutputTokens));
        Assert.Empty(parser.Facts.FaultNames);
    }

    [Theory]
    [InlineData("")]
    [InlineData(": ")]
    [InlineData("event: ")]
    [InlineData("data: ")]
    [InlineData("data: {\"")]
    [InlineData("data: {\"type\":\"")]
    [InlineData("data: {\"type\":1")]
    [InlineData("data: {\"x\":[")]
    [InlineData("data: {\"content\":[")]
    public void A_line_without_end_is_given_up_in_fixed_memory(string beginning)
    {
        var parser = Feeding.Parser(AnswerKind.MessageStream);
        parser.Feed(Encoding.UTF8.GetBytes(beginning));

        Assert.Equal(0, FeedLarge(parser, "[1,{\"0\":[[[[1,2", 4 << 20));
        Assert.Equal(0, FeedLarge(parser, "0123456789", 4 << 20));

        parser.Complete();
        Assert.False(parser.Facts.IsComplete);
        Assert.Equal(0, parser.Facts.Events);
    }

    [Fact]
    public void The_usage_at_the_end_of_a_body_of_50_MB_is_read_in_fixed_memory()
    {
        var parser = Feeding.Parser(AnswerKind.MessageBody);
        parser.Feed("{\"id\":\"msg_1\",\"content\":[{\"type\":\"x\",\"content\":[{\"data\":\""u8);

        var allocated = FeedLarge(parser, "QUJDREVGR0g=", 50 << 20);
        parser.Feed("\"}]}],\"usage\":{\"output_tokens\":7}}"u8);

        Assert.Equal(0, allocated);
        Assert.Equal(7, parser.Facts.Usage.OutputTokens);
        Assert.True(parser.Facts.IsComplete);
    }

    private static void Feed(AnswerParser parser, ReadOnlySpan<byte> bytes, int chunk, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var at = 0; at < bytes.Length; at += chunk)
            {
                parser.Feed(bytes.Slice(at, Math.Min(chunk, bytes.Length - at)));
            }
        }
    }

    /// <summary>Feeds the text over and over.</summary>
    /// <returns>The bytes that were allocated meanwhile.</returns>
    private static long FeedLarge(AnswerParser parser, string text, int total)
    {
        var piece = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[64 * 1024];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = piece[i % piece.Length];
        }

        parser.Feed([]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var fed = 0; fed < total; fed += bytes.Length)
        {
            parser.Feed(bytes);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
