using System.IO.Compression;
using System.Text;
using Telemetry.Handler.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Streaming;

public sealed class BodyDecoderTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"line {i * i} of the answer\n")));

    public static TheoryData<string, byte[]> Encoded() => new()
    {
        { "gzip", Compress(s => new GZipStream(s, CompressionLevel.Optimal)) },
        { "X-GZIP ", Compress(s => new GZipStream(s, CompressionLevel.NoCompression)) },
        { "deflate", Compress(s => new ZLibStream(s, CompressionLevel.Fastest)) },
        { "deflate", Compress(s => new DeflateStream(s, CompressionLevel.Optimal)) },
        { "br", Compress(s => new BrotliStream(s, CompressionLevel.Optimal)) },
        { "gzip", InMembers(s => new GZipStream(s, CompressionLevel.Optimal)) },
        { "gzip", Flushed(s => new GZipStream(s, CompressionLevel.Optimal)) },
        { "br", Flushed(s => new BrotliStream(s, CompressionLevel.Fastest)) },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Every_cut_gives_the_same_bytes(string encoding, byte[] encoded)
    {
        Assert.Equal(Plain, Decode(encoding, [.. encoded.Select(b => new[] { b })]));
        for (var cut = 0; cut <= encoded.Length; cut++)
        {
            Assert.Equal(Plain, Decode(encoding, encoded[..cut], encoded[cut..]));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public void What_was_flushed_is_decoded_before_more_arrives(string encoding)
    {
        var target = new MemoryStream();
        using Stream compressor = encoding is "br" ? new BrotliStream(target, CompressionLevel.Fastest) : new GZipStream(target, CompressionLevel.Fastest);
        compressor.Write("data: 1\n\n"u8);
        compressor.Flush();

        Assert.Equal("data: 1\n\n"u8, Decode(encoding, target.ToArray()));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Bytes_after_the_end_are_ignored(string encoding)
    {
        var (_, encoded) = Encoded().Select(row => row.Data).First(row => row.Item1.Equals(encoding, StringComparison.Ordinal));

        Assert.Equal(Plain, Decode(encoding, encoded, new byte[5000], new byte[5000]));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Bytes_that_are_not_encoded_are_corrupt(string encoding)
    {
        using var decoder = BodyDecoder.Create(encoding)!;
        ReadOnlySpan<byte> source = "event: message_start\ndata: {}\n\nplain text that says it is compressed"u8;

        Assert.Equal(BodyDecoder.Corrupt, decoder.Decode(ref source, new byte[100]));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" Identity ", true)]
    [InlineData("gzip", false)]
    public void No_encoding_is_known(string? encoding, bool expected) => Assert.Equal(expected, BodyDecoder.IsIdentity(encoding));

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("aws-chunked")]
    public void Other_encodings_have_no_decoder(string encoding) => Assert.Null(BodyDecoder.Create(encoding));

    private static byte[] Decode(string encoding, params byte[][] pieces)
    {
        using var decoder = BodyDecoder.Create(encoding)!;
        var decoded = new MemoryStream();
        var buffer = new byte[50];
        foreach (var piece in pieces)
        {
            ReadOnlySpan<byte> source = piece;
            int length;
            while ((length = decoder.Decode(ref source, buffer)) > 0)
            {
                decoded.Write(buffer, 0, length);
            }

            Assert.Equal(0, length);
            Assert.True(source.IsEmpty);
        }

        return decoded.ToArray();
    }

    private static byte[] Compress(Func<Stream, Stream> compress)
    {
        var target = new MemoryStream();
        using (var compressor = compress(target))
        {
            compressor.Write(Plain);
        }

        return target.ToArray();
    }

    private static byte[] InMembers(Func<Stream, Stream> compress)
    {
        var half = Plain.Length / 2;
        var target = new MemoryStream();
        foreach (var part in new[] { Plain[..half], Plain[half..] })
        {
            var member = new MemoryStream();
            using (var compressor = compress(member))
            {
                compressor.Write(part);
            }

            target.Write(member.ToArray());
        }

        return target.ToArray();
    }

    private static byte[] Flushed(Func<Stream, Stream> compress)
    {
        var target = new MemoryStream();
        using (var compressor = compress(target))
        {
            foreach (var part in Plain.Chunk(100))
            {
                compressor.Write(part);
                compressor.Flush();
            }
        }

        return target.ToArray();
    }
}
