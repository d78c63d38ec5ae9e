using System.Security.Cryptography;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Spans;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Observing;

/// <summary>
/// One attempt on its way from the request to the answer; <see cref="AnswerObserver"/> takes it from there. Every member is
/// safe to call: a failure in here is counted and told to the event source, and the call goes on unobserved.
/// </summary>
internal sealed class ObservedCall
{
    // Set while the request is on its way down: a second handler of ours in the same chain lets it pass.
    private static readonly HttpRequestOptionsKey<bool> Observed = new("costledger.observed");

    private const string RequestTooLarge = "request_too_large_to_read";
    private const string MalformedRequest = "malformed_request";

    private readonly CallSettings _settings;
    private readonly HttpRequestMessage _request;
    private readonly CallSketch _sketch;
    private CallSpan? _span;
    private CapturingContent? _capture;
    private CallTicket _ticket;

    private ObservedCall(CallSettings settings, HttpRequestMessage request, MessagesEndpoint endpoint)
    {
        _settings = settings;
        _request = request;
        Span<byte> random = stackalloc byte[CallId.ByteCount];
        RandomNumberGenerator.Fill(random);
        _sketch = new CallSketch(endpoint, settings.Time)
        {
            Id = CallId.Create(settings.Time.GetUtcNow(), CallId.FromBytes(random).Value),
            StartTimestamp = settings.Time.GetTimestamp(),
        };
    }

    /// <summary>Begins observing when the request is one of ours and no handler outside of this one observes it already.</summary>
    /// <returns>Null: let it pass.</returns>
    public static ObservedCall? TryBegin(CallSettings settings, HttpRequestMessage request)
    {
        try
        {
            if (request.RequestUri is not { } uri || MessagesEndpoint.Recognize(request.Method, uri) is not { } endpoint)
            {
                return null;
            }

            return request.Options.TryGetValue(Observed, out var isObserved) && isObserved
                ? null
                : new ObservedCall(settings, request, endpoint);
        }
        catch (Exception exception) when (Quietly.Swallow(exception))
        {
            return null;
        }
    }

    /// <summary>Looks into the request body where that can be done without changing what is sent.</summary>
    public async ValueTask ReadRequestAsync(CancellationToken cancellationToken)
    {
        try
        {
            Note(await RequestBody.ReadAsync(_request, _settings.MaxRequestBytes, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Quietly.Swallow(exception))
        {
            // The request is sent without its details being known.
        }
    }

    /// <summary>The same for a synchronous send.</summary>
    public void ReadRequest(CancellationToken cancellationToken)
    {
        try
        {
            Note(RequestBody.Read(_request, _settings.MaxRequestBytes, cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Quietly.Swallow(exception))
        {
            // The request is sent without its details being known.
        }
    }

    /// <summary>Starts the span, which becomes the current activity, and notes the call as in flight.</summary>
    public void Start()
    {
        try
        {
            _request.Options.Set(Observed, true);
            (_sketch.Attempt, _sketch.FirstAttemptId) = AttemptCounter.Next(_request, _sketch.Id);
            _sketch.Labels = LabelReader.Read(_request, _sketch.Request, _settings.Labels);
            _span = _settings.Telemetry.Start(_request, _sketch.Endpoint, _sketch.Request);
            _ticket = _settings.Ledger?.Begin(RecordAssembler.InFlight(_sketch)) ?? default;
        }
        catch (Exception exception) when (Quietly.Swallow(exception))
        {
            // Whatever could be started is finished as usual.
        }
    }

    /// <summary>The response headers are there: from now on its content is observed.</summary>
    public async ValueTask ReceiveAsync(HttpResponseMessage response)
    {
        // Nobody may ever read or dispose of an answer without content: it is finished here.
        if (Attach(response) is { } observer && response.Content.Headers.ContentLength == 0)
        {
            await observer.OnEndAsync(TransferEnd.Eof, null).ConfigureAwait(false);
        }
    }

    /// <summary>The same for a synchronous send.</summary>
    public void Receive(HttpResponseMessage response)
    {
        if (Attach(response) is { } observer && response.Content.Headers.ContentLength == 0)
        {
            observer.OnEnd(TransferEnd.Eof, null);
        }
    }

    private AnswerObserver? Attach(HttpResponseMessage response)
    {
        try
        {
            Release();
            _sketch.HeadersAfter = _settings.Time.GetElapsedTime(_sketch.StartTimestamp);
            _sketch.HttpStatus = (int)response.StatusCode;
            _sketch.Headers = ResponseHeaders.Read(response, _settings.Time);
            _span?.Headers();
            _sketch.AnswerKind = AnswerKinds.Of(response, _sketch.Endpoint);
            var observer = new AnswerObserver(_settings, _sketch, _span, _ticket, response.Content.Headers);
            response.Content = new ObservedContent(response.Content, observer);
            return observer;
        }
        catch (Exception exception) when (Quietly.Swallow(exception))
        {
            // The response goes to the caller unobserved.
            return null;
        }
    }

    /// <summary>No response came.</summary>
    public async ValueTask FailAsync(Exception error, CancellationToken cancellationToken)
    {
        try
        {
            Release();
            var finish = new CallFinish(_settings, _sketch, _span, _ticket);
            await finish.WriteAsync(EndingJudge.OfFailure(error, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception exception) when (Quietly.Swallow(exception))
        {
            // The caller gets its own exception, not ours.
        }
    }

    /// <summary>No response came to a synchronous send.</summary>
    public void Fail(Exception error, CancellationToken cancellationToken)
    {
        try
        {
            Release();
            new CallFinish(_settings, _sketch, _span, _ticket).Write(EndingJudge.OfFailure(error, cancellationToken));
        }
        catch (Exception exception) when (Quietly.Swallow(exception))
        {
            // The caller gets its own exception, not ours.
        }
    }

    private void Note(RequestBody body)
    {
        using (body)
        {
            _sketch.RequestBytes = body.Length;
            _capture = body.Capture;
            Look(body.Bytes.Span);
            if (body.IsTooLarge)
            {
                _sketch.OwnFault = RequestTooLarge;
                HandlerEventSource.Log.RequestNotRead(body.Length ?? 0);
            }
        }
    }

    private void Look(ReadOnlySpan<byte> body)
    {
        if (!body.IsEmpty && _sketch.Endpoint.Operation is Operation.Messages or Operation.CountTokens or Operation.Converse)
        {
            _sketch.Request = RequestSnapshot.Read(body);
            _sketch.OwnFault = _sketch.Request.IsMalformed ? MalformedRequest : null;
        }
    }

    // The request is back in the caller's hands: it gets its own content back, and the next attempt may be observed.
    private void Release()
    {
        _request.Options.Set(Observed, false);
        if (_capture is { } capture)
        {
            capture.Detach(_request);
            _sketch.RequestBytes = capture.Length;
            Look(capture.Captured.Span);
            _sketch.Labels = LabelReader.Read(_request, _sketch.Request, _settings.Labels);
        }
    }
}
