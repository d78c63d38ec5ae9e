using System.Buffers;
using System.Net.Http.Json;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Bodies;

/// <summary>
/// The body of a request, read without changing what is sent. Contents that hold their bytes (the official SDK's, strings) are
/// copied. <see cref="JsonContent"/> is written once, here, and the result is sent in its place, since a second writing could
/// differ. All others may be able to give their bytes only once, or slowly, and are copied while they are sent, unless their
/// bytes are needed before: then they are written once, too.
/// No header changes: a stand-in has the headers of the caller's content and knows a length only where that one does.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const string Place = "read request";
    private const string EncodingHeader = "Content-Encoding";

    private readonly HttpRequestMessage _request;
    private readonly HttpContent? _original;
    private readonly BodyCapture _capture;
    private readonly int _maxBytes;
    private readonly bool _isNeededFirst;
    private string? _fault;

    private RequestBody(HttpRequestMessage request, int maxBytes, bool isNeededFirst)
    {
        _request = request;
        _original = request.Content;
        _maxBytes = maxBytes;
        _isNeededFirst = isNeededFirst;
        _capture = new BodyCapture(maxBytes);
    }

    /// <summary>Whether the body is known only after it was sent.</summary>
    public bool IsDeferred { get; private set; }

    /// <summary>The body's size; null when it is not known yet.</summary>
    public long? Length => _original is null ? 0 : _capture.IsWhole ? _capture.Length : null;

    /// <summary>Reads a body before it is sent, or arranges that it is copied in passing. Dispose the result after sending.</summary>
    /// <param name="request">The request. Its content may be another until the result is disposed.</param>
    /// <param name="maxBytes">The largest body that is read.</param>
    /// <param name="isNeededFirst">Whether the body must be known before it is sent, whatever its content.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The body. What fails is a fault of it, never an exception.</returns>
    public static async ValueTask<RequestBody> ReadAsync(
        HttpRequestMessage request, int maxBytes, bool isNeededFirst, CancellationToken cancellationToken)
    {
        var body = new RequestBody(request, maxBytes, isNeededFirst);
        await Quietly.RunAsync(Place, (body, cancellationToken), static s => s.body.ReadAsync(s.cancellationToken)).ConfigureAwait(false);
        return body;
    }

    /// <summary>The same for <see cref="HttpClient.Send(HttpRequestMessage)"/>.</summary>
    /// <param name="request">The request. Its content may be another until the result is disposed.</param>
    /// <param name="maxBytes">The largest body that is read.</param>
    /// <param name="isNeededFirst">Whether the body must be known before it is sent, whatever its content.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The body.</returns>
    public static RequestBody Read(HttpRequestMessage request, int maxBytes, bool isNeededFirst, CancellationToken cancellationToken)
    {
        var body = new RequestBody(request, maxBytes, isNeededFirst);
        Quietly.Run(Place, (body, cancellationToken), static s => s.body.Read(s.cancellationToken));
        return body;
    }

    /// <summary>What the body says: at any time, or after sending where <see cref="IsDeferred"/>.</summary>
    public RequestSnapshot Snapshot() =>
        _original is null ? new RequestSnapshot { Faults = [RequestFault.Empty] }
        : _fault is not null ? new RequestSnapshot { Faults = [_fault] }
        : _capture.Read();

    /// <summary>Shows the body's bytes, where they are known.</summary>
    /// <param name="state">What the reader needs.</param>
    /// <param name="read">The reader.</param>
    public void Show<TState>(TState state, ReadOnlySpanAction<byte, TState> read)
    {
        if (_original is not null && _fault is null)
        {
            _capture.Show(state, read);
        }
    }

    /// <summary>Lends the body to one that reads it while the answer is awaited; null where it is not known.</summary>
    public LentBody? Borrow() => _original is null || _fault is not null ? null : _capture.Borrow();

    /// <summary>Reads one text out of the body, where it is known.</summary>
    public string? Find(Func<ReadOnlySpan<byte>, string?> read) => _original is null || _fault is not null ? null : _capture.Read(read);

    /// <summary>What tells equal bodies; null where the body is not known before it is sent.</summary>
    public UInt128? Fingerprint() => _original is null || _fault is not null ? null : _capture.Fingerprint();

    /// <summary>Gives the caller's content back to the request and forgets the body.</summary>
    public void Dispose()
    {
        // An inner handler may have disposed the request, which then refuses.
        Quietly.Run(Place, this, static body => body.GiveBack());
        _capture.Dispose();
    }

    private void GiveBack()
    {
        if (_request.Content is StandInContent)
        {
            _request.Content = _original;
        }
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        switch (Begin())
        {
            case ByteArrayContent or ReadOnlyMemoryContent:
                await _original!.CopyToAsync(new CaptureStream(null, _capture), cancellationToken).ConfigureAwait(false);
                End();
                break;
            case { } content:
                var written = new MemoryStream();
                var writing = content.CopyToAsync(written, cancellationToken);
                await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Replay(written, writing);
                break;
        }
    }

    private void Read(CancellationToken cancellationToken)
    {
        switch (Begin())
        {
            case ByteArrayContent or ReadOnlyMemoryContent:
                _original!.CopyTo(new CaptureStream(null, _capture), context: null, cancellationToken);
                End();
                break;
            case { } content:
                var written = new MemoryStream();
                var writing = new Task(() => content.CopyTo(written, context: null, cancellationToken));
                writing.RunSynchronously(TaskScheduler.Default);
                Replay(written, writing);
                break;
        }
    }

    // The content to read now; null when there is none or it is copied in passing.
    private HttpContent? Begin()
    {
        if (_original is null)
        {
            return null;
        }

        if (_original.Headers.NonValidated.Contains(EncodingHeader))
        {
            _fault = RequestFault.Encoded;
            return null;
        }

        if (_original is ByteArrayContent or ReadOnlyMemoryContent or JsonContent || (_isNeededFirst && !IsKnownToBeTooLarge(_original)))
        {
            // Until it is read.
            _fault = RequestFault.Unreadable;
            return _original;
        }

        IsDeferred = true;
        _request.Content = new StandInContent(_original, _capture);
        return null;
    }

    // It would be held in memory and not be read.
    private bool IsKnownToBeTooLarge(HttpContent content) => content.Headers.ContentLength > _maxBytes;

    private void Replay(MemoryStream written, Task writing)
    {
        var bytes = written.GetBuffer().AsMemory(0, (int)written.Length);
        _request.Content = new StandInContent(_original!, bytes, writing);
        if (writing.IsCompletedSuccessfully)
        {
            _capture.Add(bytes.Span);
            End();
        }
    }

    private void End()
    {
        _capture.Complete();
        _fault = null;
    }
}
