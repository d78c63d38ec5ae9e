namespace Telemetry.Handler.Draining;

/// <summary>
/// The stream of a <see cref="DrainableContent"/>. A read that its caller can cancel goes to a buffer of our own, without the
/// caller's token: it can then be left alone, and what it brings is not lost.
/// </summary>
internal sealed class DrainableStream(Stream inner, DrainableContent content) : Stream
{
    private const int MaxPiece = 64 * 1024;

    private byte[] _piece = [];

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override bool CanTimeout => inner.CanTimeout;

    public override int ReadTimeout
    {
        get => inner.ReadTimeout;
        set => inner.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => inner.WriteTimeout;
        set => inner.WriteTimeout = value;
    }

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        content.BeginRead();
        try
        {
            return inner.Read(buffer, offset, count);
        }
        finally
        {
            content.EndRead();
        }
    }

    public override int Read(Span<byte> buffer)
    {
        content.BeginRead();
        try
        {
            return inner.Read(buffer);
        }
        finally
        {
            content.EndRead();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        content.BeginRead();
        var isLeft = false;
        try
        {
            if (!cancellationToken.CanBeCanceled)
            {
                return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }

            var piece = PieceFor(buffer.Length);
            var reading = inner.ReadAsync(piece, content.Reading).AsTask();
            try
            {
                var read = await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
                piece.Span[..read].CopyTo(buffer.Span);
                return read;
            }
            catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
            {
                isLeft = true;
                content.Abandon(reading, piece, error);
                throw;
            }
        }
        finally
        {
            if (!isLeft)
            {
                content.EndRead();
            }
        }
    }

    public override void Flush()
    {
        // There is nothing to flush in a stream that is only read.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (content.MustClose())
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && content.MustClose())
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private Memory<byte> PieceFor(int length)
    {
        var size = Math.Min(length, MaxPiece);
        if (_piece.Length < size)
        {
            _piece = new byte[size];
        }

        return _piece.AsMemory(0, size);
    }
}
