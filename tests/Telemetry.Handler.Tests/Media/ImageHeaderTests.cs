using System.Text;
using Telemetry.Handler.Media;
using Xunit;

namespace Telemetry.Handler.Tests.Media;

public sealed class ImageHeaderTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0x03, 0x20, 0, 0, 0x02, 0x58, 8, 6, 0, 0, 0];
    private static readonly byte[] Gif = [.. "GIF89a"u8, 0x20, 0x03, 0x58, 0x02, 0, 0, 0];
    private static readonly byte[] Lossy = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 0x20, 0x43, 0x58, 0x02, 0, 0];
    private static readonly byte[] Lossless = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0, 0, 0x2F, .. Bits(799 | (599 << 14)), 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Extended = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0x1F, 0x03, 0, 0x57, 0x02, 0, 0, 0];

    public static TheoryData<string> Formats => ["png", "gif", "webp, lossy", "webp, lossless", "webp, extended", "jpeg", "jpeg, progressive, behind a thumbnail"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_size_is_read_from_the_header(string format) =>
        Assert.Equal(new ImageSize(800, 600), ImageHeader.Read(Base64(Make(format))));

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_header_that_is_cut_has_no_size_and_does_no_harm(string format)
    {
        var image = Make(format);
        for (var length = 0; length < image.Length; length++)
        {
            var size = ImageHeader.Read(Base64(image[..length]));

            Assert.True(size is null || size == new ImageSize(800, 600));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("####")]
    [InlineData("iVBORw0KGgo=")]
    [InlineData("/9j/4AAQ!!!!")]
    [InlineData("SGVsbG8sIHdvcmxkISBUaGlzIGlzIG5vIGltYWdlIGF0IGFsbC4=")]
    public void What_is_no_image_has_no_size(string base64) => Assert.Null(ImageHeader.Read(Encoding.ASCII.GetBytes(base64)));

    [Fact]
    public void A_jpeg_whose_segments_never_end_is_given_up()
    {
        byte[] segments = [0xFF, 0xD8, .. Enumerable.Repeat<byte[]>([0xFF, 0xE0, 0, 2], 5_000).SelectMany(segment => segment)];

        Assert.Null(ImageHeader.Read(Base64(segments)));
    }

    private static byte[] Make(string format) => format switch
    {
        "png" => Png,
        "gif" => Gif,
        "webp, lossy" => Lossy,
        "webp, lossless" => Lossless,
        "webp, extended" => Extended,
        "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 17, 8, 0x02, 0x58, 0x03, 0x20, 3],
        _ => [0xFF, 0xD8, 0xFF, 0xE1, 0x27, 0x10, .. new byte[9_998], 0xFF, 0xFF, 0xC4, 0, 2, 0xFF, 0xC2, 0, 17, 8, 0x02, 0x58, 0x03, 0x20, 3],
    };

    private static byte[] Bits(int value) => BitConverter.GetBytes(value);

    private static byte[] Base64(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
}
