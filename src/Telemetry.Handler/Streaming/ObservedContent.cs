using System.Net;

namespace Telemetry.Handler.Streaming;

/// <summary>
/// A response's content that shows its bytes to an observer on every way in which they can be read: as a stream, copied,
/// buffered, synchronously or not. The bytes and headers are the inner content's own; nothing is buffered here.
/// </summary>
internal sealed class ObservedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly ObserverGuard _guard;

    public ObservedContent(HttpContent inner, IResponseObserver observer)
        : this(inner, new ObserverGuard(observer))
    {
    }

    public ObservedContent(HttpContent inner, ObserverGuard guard)
    {
        _inner = inner;
        _guard = guard;

        // Unvalidated, so that odd values, and the length and encoding, stay as they came.
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        await OpenAsync(CancellationToken.None).ConfigureAwait(false);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken).ConfigureAwait(false);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Open(cancellationToken);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var source = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            try
            {
                await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException error)
            {
                // The target may be the one that was cancelled; a cancelled read has said so already.
                await _guard.EndAsync(TransferEnd.Canceled, error).ConfigureAwait(false);
                throw;
            }
        }
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var source = Open(cancellationToken);
        source.CopyTo(stream);
    }

    /// <summary>Knows a length only where the inner content itself would tell one; a length of our own would add a header.</summary>
    protected override bool TryComputeLength(out long length)
    {
        var known = _inner.Headers.ContentLength;
        length = known ?? 0;
        return known is not null;
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
            {
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
        finally
        {
            if (disposing)
            {
                _guard.End(TransferEnd.Disposed, error: null);
            }
        }
    }

    private async ValueTask<ObservedStream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new ObservedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _guard);
        }
        catch (Exception error) when (ObserverGuard.EndOf(error) is { } end)
        {
            await _guard.EndAsync(end, error).ConfigureAwait(false);
            throw;
        }
    }

    private ObservedStream Open(CancellationToken cancellationToken)
    {
        try
        {
            return new ObservedStream(_inner.ReadAsStream(cancellationToken), _guard);
        }
        catch (Exception error) when (ObserverGuard.EndOf(error) is { } end)
        {
            _guard.End(end, error);
            throw;
        }
    }
}
