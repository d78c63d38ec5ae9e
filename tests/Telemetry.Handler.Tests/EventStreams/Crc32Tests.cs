using Telemetry.Handler.EventStreams;
using Xunit;

namespace Telemetry.Handler.Tests.EventStreams;

public sealed class Crc32Tests
{
    // Check values of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
    [Theory]
    [InlineData("", 0x0000_0000)]
    [InlineData("123456789", 0xCBF4_3926)]
    [InlineData("a", 0xE8B7_BE43)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414F_A339)]
    public void Known_texts_have_their_known_checksums(string text, uint expected) =>
        Assert.Equal(expected, Crc32.Append(0, System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void It_is_the_checksum_of_its_definition_however_the_bytes_are_cut()
    {
        var random = new Random(32);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var cut = random.Next(length + 1);

            Assert.Equal(Frames.Checksum(bytes), Crc32.Append(0, bytes));
            Assert.Equal(Frames.Checksum(bytes), Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }
}
