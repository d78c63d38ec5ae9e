using System.Buffers;
using System.Net;

namespace Telemetry.Handler.Requests;

/// <summary>Stands in for a request's content of unknown length and copies the bytes while they are sent, up to a bound.</summary>
internal sealed class CapturingContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly long _maxBytes;
    private ArrayBufferWriter<byte> _captured = new();

    public CapturingContent(HttpContent inner, long maxBytes)
    {
        _inner = inner;
        _maxBytes = maxBytes;
        foreach (var header in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    /// <summary>What was sent; empty when it was more than the bound.</summary>
    public ReadOnlyMemory<byte> Captured => Length <= _maxBytes ? _captured.WrittenMemory : default;

    /// <summary>How many bytes were sent.</summary>
    public long Length { get; private set; }

    /// <summary>Gives the request its own content back.</summary>
    public void Detach(HttpRequestMessage request)
    {
        if (ReferenceEquals(request.Content, this))
        {
            request.Content = _inner;
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Reset();
        return _inner.CopyToAsync(new CapturingStream(stream, this), context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Reset();
        _inner.CopyTo(new CapturingStream(stream, this), context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A request that is disposed while it is being sent disposes of what it holds: this stands for the real content.
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A redirect or an authentication challenge sends the content again.
    private void Reset()
    {
        Length = 0;
        _captured = new ArrayBufferWriter<byte>();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (Length <= _maxBytes)
        {
            _captured.Write(bytes);
        }
    }

    private sealed class CapturingStream(Stream inner, CapturingContent owner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            owner.Keep(buffer);
            inner.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner.Keep(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
