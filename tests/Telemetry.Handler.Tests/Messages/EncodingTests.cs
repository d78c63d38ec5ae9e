using System.IO.Compression;
using System.Text;
using Telemetry.Handler.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

public sealed class EncodingTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void An_answer_that_is_left_compressed_is_read_wherever_it_is_cut(string encoding)
    {
        foreach (var (kind, text) in new[] { (AnswerKind.MessageStream, Samples.Text), (AnswerKind.MessageBody, Samples.Body) })
        {
            var expected = Feeding.Tell(Feeding.Whole(kind, Encoding.UTF8.GetBytes(text)));
            var encoded = Compress(encoding, s => s.Write(Encoding.UTF8.GetBytes(text)));

            Assert.Equal(expected, Feeding.Tell(Feeding.ByteByByte(kind, encoded, encoding)));
            for (var cut = 0; cut <= encoded.Length; cut++)
            {
                Assert.Equal(expected, Feeding.Tell(Feeding.InTwo(kind, encoded, cut, encoding)));
            }
        }
    }

    [Fact]
    public void An_encoding_that_is_not_known_is_marked_and_nothing_is_parsed()
    {
        var facts = Feeding.Whole(AnswerKind.MessageBody, Encoding.UTF8.GetBytes(Samples.Body), "zstd");

        Assert.Equal("unsupported_encoding", Assert.Single(facts.FaultNames));
        Assert.False(facts.HasUsage);
    }

    [Fact]
    public void A_wrong_encoding_is_marked_and_what_came_before_is_kept()
    {
        using var target = new MemoryStream();
        using var compressor = new GZipStream(target, CompressionLevel.Fastest);
        compressor.Write(Encoding.UTF8.GetBytes(Samples.Text));
        compressor.Flush();

        var facts = Feeding.InTwo(AnswerKind.MessageStream, [.. target.ToArray(), 0xFF, 0xFF, 0xFF, 0xFF], (int)target.Length, "gzip");

        Assert.Equal("corrupt_encoding", Assert.Single(facts.FaultNames));
        Assert.Equal(57, facts.Usage.OutputTokens);
        Assert.Contains("corrupt_encoding", Feeding.Whole(AnswerKind.MessageStream, Encoding.UTF8.GetBytes(Samples.Text), "gzip").FaultNames, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public void A_bomb_is_given_up(string encoding)
    {
        var encoded = Compress(encoding, s =>
        {
            s.Write("{\"id\":\"msg_1\",\"text\":\""u8);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 300; i++)
            {
                s.Write(zeros);
            }
        });

        var parser = Feeding.Parser(AnswerKind.MessageBody, encoding);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var chunk in encoded.Chunk(16 * 1024))
        {
            parser.Feed(chunk);
        }

        Assert.Contains("decoded_too_large", parser.Facts.FaultNames, StringComparer.Ordinal);
        Assert.Equal("msg_1", parser.Facts.MessageId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, encoded.Length + 200_000);
    }

    private static byte[] Compress(string encoding, Action<Stream> write)
    {
        var target = new MemoryStream();
        using (Stream compressor = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest),
            _ => new BrotliStream(target, CompressionLevel.Fastest),
        })
        {
            write(compressor);
        }

        return target.ToArray();
    }
}
