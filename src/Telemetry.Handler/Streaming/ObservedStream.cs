using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Telemetry.Handler.Diagnostics;

namespace Telemetry.Handler.Streaming;

/// <summary>
/// The caller's view of a response body: every read goes to the inner stream when the caller asks for it, and what it brings is
/// shown to the observer before the caller gets it. Asynchronous reads of every kind use the one overload that each inner
/// stream has, <see cref="Stream.ReadAsync(Memory{byte}, CancellationToken)"/>: some, such as the SDK's translated Bedrock
/// stream, have no other.
/// </summary>
internal sealed class ObservedStream(Stream inner, ObserverGuard guard) : Stream
{
    private int _disposed;

    /// <summary>True also where the inner stream was closed to stop it: the read that says so must be reached.</summary>
    public override bool CanRead => inner.CanRead || (_disposed == 0 && guard.Stop is not null);

    /// <summary>False even where the inner stream can seek: bytes seen twice would be counted twice.</summary>
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
        ValidateBufferArguments(buffer, offset, count);
        ThrowIfStopped();
        guard.Read();
        try
        {
            var read = inner.Read(buffer, offset, count);
            Seen(buffer.AsSpan(offset, count), read);
            return read;
        }
        catch (Exception error) when (ObserverGuard.EndOf(error) is { } end)
        {
            guard.End(end, error);
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        ThrowIfStopped();
        guard.Read();
        try
        {
            var read = inner.Read(buffer);
            Seen(buffer, read);
            return read;
        }
        catch (Exception error) when (ObserverGuard.EndOf(error) is { } end)
        {
            guard.End(end, error);
            throw;
        }
    }

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (guard.Stop is { } stop)
        {
            return FailAsync(TransferEnd.Disposed, stop);
        }

        ValueTask<int> reading;
        try
        {
            reading = inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (ObserverGuard.EndOf(error) is { } end)
        {
            return FailAsync(end, error);
        }

        if (!reading.IsCompletedSuccessfully)
        {
            guard.Wait();
            return AwaitAsync(reading, buffer);
        }

        var read = reading.GetAwaiter().GetResult();
        if (read > 0)
        {
            guard.Bytes(buffer.Span[..read]);
            if (guard.HandOver())
            {
                return CloseAsync(read);
            }
        }

        return read > 0 || buffer.IsEmpty ? new ValueTask<int>(read) : EndAsync();
    }

    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override void Flush()
    {
        // There is nothing to flush in a stream that is only read.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            // First the inner stream, so that the server learns at once that nobody reads on.
            try
            {
                await inner.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                await guard.EndAsync(TransferEnd.Disposed, error: null).ConfigureAwait(false);
            }
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            try
            {
                inner.Dispose();
            }
            finally
            {
                guard.End(TransferEnd.Disposed, error: null);
            }
        }

        base.Dispose(disposing);
    }

    // The pooling builder keeps reads that wait for the network free of allocations, as they are on the bare stream.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitAsync(ValueTask<int> reading, Memory<byte> buffer)
    {
        try
        {
            var read = await reading.ConfigureAwait(false);
            if (read > 0)
            {
                guard.Bytes(buffer.Span[..read]);
                return guard.HandOver() ? await CloseAsync(read).ConfigureAwait(false) : read;
            }

            if (!buffer.IsEmpty)
            {
                await guard.EndAsync(TransferEnd.Eof, error: null).ConfigureAwait(false);
            }

            return read;
        }
        catch (Exception error) when (ObserverGuard.EndOf(error) is { } end)
        {
            await guard.EndAsync(end, error).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<int> EndAsync()
    {
        await guard.EndAsync(TransferEnd.Eof, error: null).ConfigureAwait(false);
        return 0;
    }

    private async ValueTask<int> FailAsync(TransferEnd end, Exception error)
    {
        await guard.EndAsync(end, error).ConfigureAwait(false);
        ExceptionDispatchInfo.Throw(error);
        return 0;
    }

    // At once and not at the next read, so that the server stops. The caller gets what it read before.
    private async ValueTask<int> CloseAsync(int read)
    {
        await Quietly.RunAsync("close stopped", inner, static s => s.DisposeAsync()).ConfigureAwait(false);
        return read;
    }

    private void ThrowIfStopped()
    {
        if (guard.Stop is { } stop)
        {
            guard.End(TransferEnd.Disposed, stop);
            throw stop;
        }
    }

    private void Seen(ReadOnlySpan<byte> buffer, int read)
    {
        if (read > 0)
        {
            guard.Bytes(buffer[..read]);
            if (guard.HandOver())
            {
                Quietly.Run("close stopped", inner, static s => s.Dispose());
            }
        }
        else if (!buffer.IsEmpty)
        {
            guard.End(TransferEnd.Eof, error: null);
        }
    }
}
