using System.Buffers.Binary;

namespace Telemetry.Handler.Media;

/// <summary>
/// Reads an image's size from its header, without decoding the image. Formats: PNG, JPEG, GIF, WebP, the ones that the API takes.
/// </summary>
internal static class ImageHeader
{
    private const int HeadLength = 32;

    // A JPEG has its size behind colour profiles and thumbnails; so many segments are looked through.
    private const int MostSegments = 1_000;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the size.</summary>
    /// <param name="base64">The image as base64.</param>
    /// <returns>The size; null where the header is broken or of another format.</returns>
    public static ImageSize? Read(ReadOnlySpan<byte> base64)
    {
        var bytes = new Base64Bytes(base64);
        Span<byte> head = stackalloc byte[HeadLength];
        head = head[..Math.Min(HeadLength, bytes.Length)];
        if (!bytes.TryRead(0, head))
        {
            return null;
        }

        return head.StartsWith(PngSignature) ? OfPng(head)
            : head.StartsWith("GIF8"u8) ? OfGif(head)
            : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? OfWebP(head)
            : head.Length >= 2 && head[0] == 0xFF && head[1] == 0xD8 ? OfJpeg(bytes)
            : null;
    }

    private static ImageSize? OfPng(ReadOnlySpan<byte> head) => head.Length >= 24 && head[12..].StartsWith("IHDR"u8)
        ? Size(BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]))
        : null;

    private static ImageSize? OfGif(ReadOnlySpan<byte> head) => head.Length >= 10
        ? Size(BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]))
        : null;

    // Three kinds of WebP: lossy, lossless, extended.
    private static ImageSize? OfWebP(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
        {
            return null;
        }

        var kind = head.Slice(12, 4);
        if (kind.SequenceEqual("VP8 "u8))
        {
            return Size(BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFFu);
        }

        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return Size((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        return kind.SequenceEqual("VP8X"u8)
            ? Size((BinaryPrimitives.ReadUInt32LittleEndian(head[24..]) & 0xFF_FFFF) + 1, (BinaryPrimitives.ReadUInt32LittleEndian(head[26..]) >> 8) + 1)
            : null;
    }

    private static ImageSize? OfJpeg(Base64Bytes bytes)
    {
        Span<byte> segment = stackalloc byte[9];
        var at = 2;
        for (var count = 0; count < MostSegments; count++)
        {
            if (!bytes.TryRead(at, segment[..4]) || segment[0] != 0xFF)
            {
                return null;
            }

            var marker = segment[1];
            if (marker == 0xFF)
            {
                // Any number of these may stand before a marker.
                at++;
                continue;
            }

            if (IsFrame(marker))
            {
                return bytes.TryRead(at, segment)
                    ? Size(BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]))
                    : null;
            }

            at += HasLength(marker) ? 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]) : 2;
        }

        return null;
    }

    // SOF0 to SOF15 without DHT, JPG and DAC, which lie among them.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool HasLength(byte marker) => marker is not (0x01 or (>= 0xD0 and <= 0xD8));

    private static ImageSize? Size(uint width, uint height) =>
        width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? new ImageSize((int)width, (int)height) : null;
}
