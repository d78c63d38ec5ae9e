using System.Buffers;

namespace Telemetry.Handler.Requests;

/// <summary>
/// The bytes of a request body, got without changing what is sent. Content that holds its bytes is read through its own view;
/// other content of known length is buffered, which changes nothing on the wire; content of unknown length (sent in chunks)
/// is copied while it is sent, because buffering would replace the chunks by a <c>Content-Length</c>.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private byte[]? _rented;

    private RequestBody(long? length) => Length = length;

    /// <summary>The body; empty when it could not be read beforehand.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Its length; null while it is not known.</summary>
    public long? Length { get; }

    /// <summary>Set when the body is copied while it is sent; it is then the request's content until it is detached.</summary>
    public CapturingContent? Capture { get; private set; }

    /// <summary>Whether the body is larger than what is looked into.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Reads the body of a request that is about to be sent.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequestMessage request, long maxBytes, CancellationToken cancellationToken)
    {
        if (Begin(request, maxBytes, out var body) is not { } content)
        {
            return body;
        }

        if (content is ByteArrayContent or ReadOnlyMemoryContent)
        {
            body.View(await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        }
        else
        {
            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            body.Bytes = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        return body;
    }

    /// <summary>The same for a synchronous send; content that is not in memory is copied while it is sent.</summary>
    public static RequestBody Read(HttpRequestMessage request, long maxBytes, CancellationToken cancellationToken)
    {
        if (Begin(request, maxBytes, out var body) is not { } content)
        {
            return body;
        }

        if (content is ByteArrayContent or ReadOnlyMemoryContent)
        {
            body.View(content.ReadAsStream(cancellationToken));
        }
        else
        {
            body.CaptureWhileSending(request, content, maxBytes);
        }

        return body;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            Bytes = default;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // What can be decided without reading: the content to read, or null when there is nothing more to do.
    private static HttpContent? Begin(HttpRequestMessage request, long maxBytes, out RequestBody body)
    {
        var content = request.Content;
        var length = content is null ? 0 : content.Headers.ContentLength;
        body = new RequestBody(length);
        if (content is null || length == 0)
        {
            return null;
        }

        if (length is null)
        {
            body.CaptureWhileSending(request, content, maxBytes);
            return null;
        }

        body.IsTooLarge = length > maxBytes;
        return body.IsTooLarge ? null : content;
    }

    private void CaptureWhileSending(HttpRequestMessage request, HttpContent content, long maxBytes)
    {
        Capture = new CapturingContent(content, maxBytes);
        request.Content = Capture;
    }

    // The view belongs to the content: whoever opened it before finds it where it was.
    private void View(Stream stream)
    {
        var position = stream.Position;
        stream.Position = 0;
        _rented = ArrayPool<byte>.Shared.Rent((int)stream.Length);
        var count = stream.ReadAtLeast(_rented, (int)stream.Length, throwOnEndOfStream: false);
        stream.Position = position;
        Bytes = _rented.AsMemory(0, count);
    }
}
