using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;

namespace Telemetry.Handler.Media;

/// <summary>
/// Counts the pages of a PDF by its page objects, also where they are packed into compressed object streams (PDF 1.5). It does not
/// parse the document: a page that was deleted by a later edit is counted, an encrypted document has none. Its time and memory are
/// bounded by the document's length and <see cref="MostUnpacked"/>.
/// </summary>
internal static class PdfPages
{
    /// <summary>How many bytes are unpacked of a document: some tenths of a second.</summary>
    public const int MostUnpacked = 64 * 1024 * 1024;

    private const int LongestDictionary = 2_048;
    private const int Chunk = 64 * 1024;

    // What a mark may have between its words, and is kept of a chunk in case the next goes on with it.
    private const int LongestMark = 64;

    // Beginning a stream takes as long as unpacking so many bytes, and finding out that it is broken as so many.
    private const int CostOfStream = 16 * 1024;
    private const int CostOfFault = 128 * 1024;

    private static ReadOnlySpan<byte> ObjectStream => "/ObjStm"u8;

    private static ReadOnlySpan<byte> Begin => "stream"u8;

    private static ReadOnlySpan<byte> End => "endstream"u8;

    /// <summary>Counts the pages.</summary>
    /// <param name="base64">The document as base64.</param>
    /// <returns>The number; null where none can be found, or the document unpacks to too much.</returns>
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

    // No byte is unpacked twice: the search goes on behind each stream.
    private static int? CountIn(byte[] bytes, int length)
    {
        ReadOnlySpan<byte> document = bytes.AsSpan(0, length);
        var pages = PagesIn(document, length);
        var budget = MostUnpacked;
        for (var at = 0; document[at..].IndexOf(ObjectStream) is >= 0 and var found;)
        {
            at += found + ObjectStream.Length;
            var dictionary = document[at..].IndexOf(Begin);
            if (dictionary < 0)
            {
                break;
            }

            if (dictionary > LongestDictionary)
            {
                at += dictionary - LongestDictionary;
                continue;
            }

            at += dictionary + Begin.Length;
            at += document[at..].IndexOfAnyExcept((byte)'\r', (byte)'\n') is > 0 and var lineEnd ? lineEnd : 0;
            var packed = document[at..].IndexOf(End) is >= 0 and var end ? end : length - at;
            pages += PagesInStream(bytes, at, packed, ref budget);
            if (budget <= 0)
            {
                return null;
            }

            at += packed;
        }

        return pages == 0 ? null : pages;
    }

    // "/Type /Page", with any white space or none, and not "/Pages"; of those that begin before a limit.
    private static int PagesIn(ReadOnlySpan<byte> text, int limit)
    {
        var pages = 0;
        for (var at = text.IndexOf("/Type"u8); at >= 0 && at < limit;)
        {
            at += "/Type"u8.Length;
            var rest = text[at..].TrimStart(" \t\r\n\f\0"u8);
            if (rest.StartsWith("/Page"u8) && (rest.Length == 5 || !char.IsAsciiLetterOrDigit((char)rest[5])))
            {
                pages++;
            }

            at = text[at..].IndexOf("/Type"u8) is >= 0 and var next ? at + next : -1;
        }

        return pages;
    }

    private static int PagesInStream(byte[] bytes, int start, int length, ref int budget)
    {
        budget -= CostOfStream;
        if (!IsDeflated(bytes.AsSpan(start, length)))
        {
            // Encrypted, packed in another way or not at all.
            return 0;
        }

        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            using var packed = new MemoryStream(bytes, start, length, writable: false);
            using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
            return PagesInChunks(inflate, chunk, ref budget);
        }
        catch (InvalidDataException)
        {
            // Encrypted, or broken.
            budget -= CostOfFault;
            return 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static int PagesInChunks(ZLibStream inflate, byte[] chunk, ref int budget)
    {
        var (pages, filled) = (0, 0);
        for (int read; budget > 0 && (read = inflate.Read(chunk, filled, chunk.Length - filled)) > 0;)
        {
            budget -= read;
            filled += read;
            var limit = Math.Max(0, filled - LongestMark);
            pages += PagesIn(chunk.AsSpan(0, filled), limit);
            chunk.AsSpan(limit, filled - limit).CopyTo(chunk);
            filled -= limit;
        }

        return pages + PagesIn(chunk.AsSpan(0, filled), filled);
    }

    // The header of RFC 1950: its method, and a remainder.
    private static bool IsDeflated(ReadOnlySpan<byte> packed) =>
        packed.Length > 2 && (packed[0] & 0x0F) == 8 && ((packed[0] << 8) | packed[1]) % 31 == 0;
}
