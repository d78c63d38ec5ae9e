using System.Net;
using System.Runtime.ExceptionServices;

namespace Telemetry.Handler.Bodies;

/// <summary>
/// Stands in for the caller's content while it is sent: copies what that one writes, or writes again what it has written.
/// Headers and length are those of the caller's content, and every write goes on as it came, so that the wire is the same.
/// Disposing it does not dispose the caller's content.
/// </summary>
internal sealed class StandInContent : HttpContent
{
    private readonly HttpContent _original;
    private readonly BodyCapture? _capture;
    private readonly ReadOnlyMemory<byte> _written;
    private readonly Task _writing = Task.CompletedTask;

    /// <summary>Copies in passing.</summary>
    /// <param name="original">The caller's content.</param>
    /// <param name="capture">What keeps the copy.</param>
    public StandInContent(HttpContent original, BodyCapture capture)
        : this(original) => _capture = capture;

    /// <summary>Writes again.</summary>
    /// <param name="original">The caller's content.</param>
    /// <param name="written">What it has written.</param>
    /// <param name="writing">How that ended: where it failed, sending fails at the same byte and in the same way.</param>
    public StandInContent(HttpContent original, ReadOnlyMemory<byte> written, Task writing)
        : this(original) => (_written, _writing) = (written, writing);

    private StandInContent(HttpContent original)
    {
        _original = original;
        foreach (var header in original.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_capture is null)
        {
            await stream.WriteAsync(_written, cancellationToken).ConfigureAwait(false);
            ThrowIfFailed();
            return;
        }

        _capture.Restart();
        try
        {
            await _original.CopyToAsync(new CaptureStream(stream, _capture), context, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (IsWrapped(error))
        {
            ExceptionDispatchInfo.Throw(error.InnerException!);
        }

        _capture.Complete();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_capture is null)
        {
            stream.Write(_written.Span);
            ThrowIfFailed();
            return;
        }

        _capture.Restart();
        try
        {
            _original.CopyTo(new CaptureStream(stream, _capture), context, cancellationToken);
        }
        catch (HttpRequestException error) when (IsWrapped(error))
        {
            ExceptionDispatchInfo.Throw(error.InnerException!);
        }

        _capture.Complete();
    }

    protected override bool TryComputeLength(out long length)
    {
        var known = _original.Headers.ContentLength;
        length = known ?? 0;
        return known is not null;
    }

    private void ThrowIfFailed()
    {
        try
        {
            // It has ended long ago.
            _writing.GetAwaiter().GetResult();
        }
        catch (HttpRequestException error) when (IsWrapped(error))
        {
            ExceptionDispatchInfo.Throw(error.InnerException!);
        }
    }

    // CopyTo wraps the failures of streams; a connection calls past it and would not see them wrapped.
    private static bool IsWrapped(HttpRequestException error) => error.InnerException is IOException or ObjectDisposedException;
}
