using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;

namespace Telemetry.Handler.Media;

/// <summary>
/// Counts the pages of a PDF by its page objects, also where they are packed into compressed object streams (PDF 1.5). It does not
/// parse the document: a page that was deleted by a later edit is counted, an encrypted document has none.
/// </summary>
internal static class PdfPages
{
    private const int MostUnpacked = 16 * 1024 * 1024;
    private const int LongestDictionary = 2_048;

    /// <summary>Counts the pages.</summary>
    /// <param name="base64">The document as base64.</param>
    /// <returns>The number; null where none can be found.</returns>
    public static int? Count(ReadOnlySpan<byte> base64)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        try
        {
            return Base64.DecodeFromUtf8(base64, bytes, out _, out var length) == OperationStatus.Done && bytes.AsSpan(0, length).IndexOf("%PDF-"u8) is >= 0 and < 1024
                ? CountIn(bytes, length)
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int? CountIn(byte[] bytes, int length)
    {
        ReadOnlySpan<byte> document = bytes.AsSpan(0, length);
        var pages = PagesIn(document);
        var at = 0;
        while (document[at..].IndexOf("/ObjStm"u8) is >= 0 and var found)
        {
            at += found + 1;
            pages += PagesInStream(bytes, at, length);
        }

        return pages == 0 ? null : pages;
    }

    // "/Type /Page", with any white space or none, and not "/Pages".
    private static int PagesIn(ReadOnlySpan<byte> text)
    {
        var pages = 0;
        for (var at = text.IndexOf("/Type"u8); at >= 0;)
        {
            text = text[(at + "/Type"u8.Length)..];
            var rest = text.TrimStart(" \t\r\n\f\0"u8);
            if (rest.StartsWith("/Page"u8) && (rest.Length == 5 || !char.IsAsciiLetterOrDigit((char)rest[5])))
            {
                pages++;
            }

            at = text.IndexOf("/Type"u8);
        }

        return pages;
    }

    // The stream of the object whose dictionary is at a place.
    private static int PagesInStream(byte[] bytes, int at, int length)
    {
        var near = bytes.AsSpan(at, Math.Min(LongestDictionary, length - at));
        var start = near.IndexOf("stream"u8);
        if (start < 0)
        {
            return 0;
        }

        start += at + "stream"u8.Length;
        while (start < length && bytes[start] is (byte)'\r' or (byte)'\n')
        {
            start++;
        }

        return Unpack(bytes, start, length) is { } text ? PagesIn(text) : 0;
    }

    private static byte[]? Unpack(byte[] bytes, int start, int length)
    {
        try
        {
            using var packed = new MemoryStream(bytes, start, length - start, writable: false);
            using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; unpacked.Length < MostUnpacked && (read = inflate.Read(buffer)) > 0;)
            {
                unpacked.Write(buffer, 0, read);
            }

            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            // Encrypted, or packed in another way.
            return null;
        }
    }
}
