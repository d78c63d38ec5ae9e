namespace Telemetry.Handler.Streaming;

/// <summary>
/// Undoes a content encoding of our copy of the bytes, piece by piece and in fixed memory. The caller's bytes are untouched.
/// </summary>
internal abstract class BodyDecoder : IDisposable
{
    /// <summary>What <see cref="Decode"/> returns for bytes that the encoding does not allow.</summary>
    public const int Corrupt = -1;

    /// <summary>Whether the header value says that the bytes are as they are.</summary>
    public static bool IsIdentity(string? encoding) =>
        string.IsNullOrWhiteSpace(encoding) || Is(encoding, "identity");

    /// <summary>Makes a decoder for one value of <c>Content-Encoding</c>.</summary>
    /// <returns>Null where the encoding is none of gzip, deflate and br.</returns>
    public static BodyDecoder? Create(string encoding)
    {
        if (Is(encoding, "gzip") || Is(encoding, "x-gzip"))
        {
            return InflateDecoder.ForGzip();
        }

        if (Is(encoding, "deflate"))
        {
            return InflateDecoder.ForDeflate();
        }

        return Is(encoding, "br") ? new BrotliBodyDecoder() : null;
    }

    /// <summary>Decodes what it can.</summary>
    /// <param name="source">The encoded bytes; what was taken is cut off its front.</param>
    /// <param name="destination">Where decoded bytes go.</param>
    /// <returns>The number of decoded bytes; zero when all of <paramref name="source"/> was taken; or <see cref="Corrupt"/>.</returns>
    public abstract int Decode(ref ReadOnlySpan<byte> source, Span<byte> destination);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    private static bool Is(string encoding, string name) =>
        encoding.AsSpan().Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
}
