using System.Security.Cryptography;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Names;
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
    private readonly CallSettings _settings;
    private readonly HttpRequestMessage _request;
    private readonly CallSketch _sketch;
    private RequestBody? _body;
    private InferenceSpan? _span;
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
            LimitScopes = settings.LimitScopes,
        };
    }

    /// <summary>Begins observing when the request is one of ours and no handler outside of this one observes it already.</summary>
    /// <returns>Null: let it pass.</returns>
    public static ObservedCall? TryBegin(CallSettings settings, HttpRequestMessage request) => Quietly.Run(
        "recognise",
        (settings, request),
        static s => MessagesEndpoint.Recognize(s.request) is { } endpoint && CallMarker.TryEnter(s.request)
            ? new ObservedCall(s.settings, s.request, endpoint)
            : null,
        otherwise: null);

    /// <summary>Looks into the request body where that can be done without changing what is sent.</summary>
    public async ValueTask ReadRequestAsync(CancellationToken cancellationToken) =>
        _body = await RequestBody.ReadAsync(_request, _settings.MaxRequestBytes, cancellationToken).ConfigureAwait(false);

    /// <summary>The same for a synchronous send.</summary>
    public void ReadRequest(CancellationToken cancellationToken) =>
        _body = RequestBody.Read(_request, _settings.MaxRequestBytes, cancellationToken);

    /// <summary>Starts the span, which becomes the current activity, and notes the call as in flight.</summary>
    public void Start() => Quietly.Run("start", this, static call => call.StartNow());

    /// <summary>Puts the caller's activity back; asynchronous sending does so by itself.</summary>
    public void Leave() => Quietly.Run("leave", this, static call => call._span?.Leave());

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

    /// <summary>No response came.</summary>
    public async ValueTask FailAsync(Exception error, CancellationToken cancellationToken) => await Quietly.RunAsync(
        "fail",
        (call: this, ending: EndingJudge.OfFailure(error, cancellationToken)),
        static s =>
        {
            s.call.Release();
            return s.call.NewFinish().WriteAsync(s.ending);
        }).ConfigureAwait(false);

    /// <summary>No response came to a synchronous send.</summary>
    public void Fail(Exception error, CancellationToken cancellationToken) => Quietly.Run(
        "fail",
        (call: this, ending: EndingJudge.OfFailure(error, cancellationToken)),
        static s =>
        {
            s.call.Release();
            s.call.NewFinish().Write(s.ending);
        });

    private void StartNow()
    {
        if (_body is { IsDeferred: false } body)
        {
            _sketch.Request = body.Snapshot();
            _sketch.RequestBytes = body.Length;
        }

        var headers = RequestHeaders.Read(_request);
        _sketch.Attempt = AttemptCounter.Next(_request, headers.RetryCount, _sketch.Id, GroupOf(headers.RetryCount));
        ReadLabels();
        _span = InferenceSpan.Start(_settings.Telemetry.Source, _settings.Spans, new CallStart
        {
            Request = _request,
            Endpoint = _sketch.Endpoint,
            Id = _sketch.Id,
            Snapshot = _sketch.Request,
            Headers = headers,
            Attempt = _sketch.Attempt,
            Labels = _sketch.Labels.Labels,
        });
        _ticket = _settings.Ledger?.Begin(RecordAssembler.InFlight(_sketch)) ?? default;
    }

    // Only the official SDK says how often it has tried; other callers send the same message again, which carries a note.
    private AttemptGroup? GroupOf(int? retryCount) => retryCount is null || _body?.Fingerprint() is not { } body ? null
        : retryCount == 0 ? _settings.Attempts.Begin(body, _sketch.Id)
        : _settings.Attempts.Find(body);

    private AnswerObserver? Attach(HttpResponseMessage response) => Quietly.Run(
        "receive",
        (call: this, response),
        static s => s.call.AttachNow(s.response),
        otherwise: null);

    private AnswerObserver AttachNow(HttpResponseMessage response)
    {
        Release();
        var after = _settings.Time.GetElapsedTime(_sketch.StartTimestamp);
        _sketch.HeadersAfter = after;
        _sketch.HttpStatus = (int)response.StatusCode;
        _sketch.Headers = ResponseHeaders.Read(response, _settings.Time.GetUtcNow());
        _sketch.AnswerKind = AnswerKinds.Of(response, _sketch.Endpoint);
        _span?.Events.Reached(SpanEvents.Headers, after);
        var observer = new AnswerObserver(_settings, _sketch, _span, _ticket, response.Content.Headers);
        response.Content = new ObservedContent(response.Content, observer);
        return observer;
    }

    // The request is back in the caller's hands: it gets its own content back, and the next attempt may be observed.
    private void Release()
    {
        CallMarker.Leave(_request);
        if (_body is not { } body)
        {
            return;
        }

        _body = null;
        using (body)
        {
            if (body.IsDeferred)
            {
                _sketch.Request = body.Snapshot();
                _sketch.RequestBytes = body.Length;
                ReadLabels();
                _span?.Describe(_sketch.Request);
            }
        }
    }

    private void ReadLabels()
    {
        var labels = _settings.Labels.Read(_request, _sketch.Request.MetadataUserId);
        var own = labels.Labels;
        _sketch.Labels = _settings.BaseLabels.With(own.Session, own.Conversation, own.Turn, own.Tags.Count == 0 ? null : own.Tags) is var all
            && labels.Faults.Count > 0
                ? all with { Faults = [.. all.Faults, .. labels.Faults] }
                : all;
    }

    private CallFinish NewFinish() => new(_settings, _sketch, _span, _ticket);
}
