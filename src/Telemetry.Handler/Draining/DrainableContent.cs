using System.Net;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Draining;

/// <summary>
/// A response's content that, when it is let go before its end, is handed on to be read in the background. It stands between
/// the observed content and the inner one, which sees neither the caller's disposal nor the tokens of its reads: both would
/// close the connection.
/// </summary>
internal sealed class DrainableContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly ObserverGuard _guard;
    private readonly Drainer _drainer;
    private readonly CancellationTokenSource _reading = new();
    private readonly Lock _gate = new();
    private Stream? _stream;
    private bool _isReading;
    private bool _isGone;
    private bool _isClosed;

    public DrainableContent(HttpContent inner, ObserverGuard guard, Drainer drainer)
    {
        (_inner, _guard, _drainer) = (inner, guard, drainer);
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>Ends the reads of a caller that left, where nobody reads on.</summary>
    public CancellationToken Reading => _reading.Token;

    /// <summary>A read begins; until it has ended, the body is not handed on but for <see cref="Abandon"/>.</summary>
    /// <exception cref="ObjectDisposedException">The response was let go.</exception>
    public void BeginRead()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isGone, this);
            _isReading = true;
        }
    }

    public void EndRead()
    {
        lock (_gate)
        {
            _isReading = false;
        }
    }

    /// <summary>The caller cancelled a read, which goes on without it, or ends now where nobody reads on.</summary>
    public void Abandon(Task<int> pending, ReadOnlyMemory<byte> buffer, Exception error)
    {
        lock (_gate)
        {
            _isReading = false;
            if (TryHandOn(TransferEnd.Canceled, error, pending, buffer))
            {
                return;
            }
        }

        _isClosed = true;
        _reading.Cancel();
        _ = pending.ContinueWith(static p => _ = p.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>The caller disposed of the response.</summary>
    /// <returns>Whether it must be closed now; else that is done when it was read.</returns>
    public bool MustClose()
    {
        lock (_gate)
        {
            _isClosed |= _isReading || !TryHandOn(TransferEnd.Disposed, error: null, pending: null, default);
            return !_isGone;
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        Open(await _inner.ReadAsStreamAsync(CancellationToken.None).ConfigureAwait(false));

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        Open(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Open(_inner.ReadAsStream(cancellationToken));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var source = await ReadAsStreamAsync().ConfigureAwait(false);
        await source.CopyToAsync(stream).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        var known = _inner.Headers.ContentLength;
        length = known ?? 0;
        return known is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && MustClose())
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private DrainableStream Open(Stream stream)
    {
        _stream = stream;
        return new DrainableStream(stream, this);
    }

    // The gate is held: a caller that disposes on two threads leaves once.
    private bool TryHandOn(TransferEnd end, Exception? error, Task<int>? pending, ReadOnlyMemory<byte> buffer)
    {
        if (_isGone || _isClosed || !_guard.TryLeave(_drainer.TryReserve))
        {
            return false;
        }

        _isGone = true;
        _drainer.Start(new AbandonedBody(_inner, _stream, _reading, _guard)
        {
            End = end,
            Error = error,
            Pending = pending,
            PendingBuffer = buffer,
        });
        return true;
    }
}
