using System.Security.Cryptography;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Batches;
using Telemetry.Handler.Bodies;
using Telemetry.Handler.Connections;
using Telemetry.Handler.Content;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Draining;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Names;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Recording;
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
            Aliases = settings.Aliases,
            LimitScopes = settings.LimitScopes,
        };
    }

    /// <summary>Begins observing when the request is one of ours and no handler outside of this one observes it already.</summary>
    /// <returns>Null: let it pass.</returns>
    public static ObservedCall? TryBegin(CallSettings settings, HttpRequestMessage request) => Quietly.Run(
        "recognise",
        (settings, request),
        static s => MessagesEndpoint.Recognize(s.request, s.settings.Aliases) is { } endpoint && CallMarker.TryEnter(s.request)
            ? new ObservedCall(s.settings, s.request, endpoint)
            : null,
        otherwise: null);

    /// <summary>Looks into the request body where that can be done without changing what is sent.</summary>
    public async ValueTask ReadRequestAsync(CancellationToken cancellationToken) =>
        _body = await RequestBody.ReadAsync(_request, _settings.MaxRequestBytes, NewPromptSteps().NeedBodyFirst, cancellationToken).ConfigureAwait(false);

    /// <summary>The same for a synchronous send.</summary>
    public void ReadRequest(CancellationToken cancellationToken) =>
        _body = RequestBody.Read(_request, _settings.MaxRequestBytes, NewPromptSteps().NeedBodyFirst, cancellationToken);

    /// <summary>Starts the span, which becomes the current activity, and notes the call as in flight.</summary>
    public void Start(bool isAsync) => Quietly.Run("start", (call: this, isAsync), static s => s.call.StartNow(s.isAsync));

    /// <summary>Makes the estimate, where the application wants it before anything is sent.</summary>
    /// <exception cref="CallWithheldException">The application does not allow the call.</exception>
    public ValueTask EstimateFirstAsync() => NewPromptSteps().AskAsync();

    /// <summary>The same for a synchronous send.</summary>
    /// <exception cref="CallWithheldException">The application does not allow the call.</exception>
    public void EstimateFirst() => NewPromptSteps().Ask();

    /// <summary>The request is on its way: what takes time and is needed only after it is done while the answer is awaited.</summary>
    public void WhileAwaited() => Quietly.Run("while awaited", this, static call =>
    {
        call.TakeFingerprint();
        call._sketch.Prompt?.RunUnlessQueued();
    });

    /// <summary>Puts the caller's activity back; asynchronous sending does so by itself.</summary>
    public void Leave() => Quietly.Run("leave", this, static call =>
    {
        call._sketch.Connection?.Leave();
        call._span?.Leave();
    });

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
        (call: this, error, ending: EndingJudge.OfFailure(error, cancellationToken)),
        static s =>
        {
            s.call._sketch.Failure = s.error;
            s.call.Release();
            return s.call.NewFinish().WriteAsync(s.ending);
        }).ConfigureAwait(false);

    /// <summary>No response came to a synchronous send.</summary>
    public void Fail(Exception error, CancellationToken cancellationToken) => Quietly.Run(
        "fail",
        (call: this, error, ending: EndingJudge.OfFailure(error, cancellationToken)),
        static s =>
        {
            s.call._sketch.Failure = s.error;
            s.call.Release();
            s.call.NewFinish().Write(s.ending);
        });

    private void StartNow(bool isAsync)
    {
        if (_body is { IsDeferred: false } body)
        {
            ReadBody(body);
        }

        _sketch.BatchId = BatchUrl.IdOf(_request.RequestUri);
        var headers = RequestHeaders.Read(_request);
        BeginAttempt(headers.RetryCount);
        ReadLabels();
        var start = new CallStart
        {
            Request = _request,
            Endpoint = _sketch.Endpoint,
            Id = _sketch.Id,
            Snapshot = _sketch.Request,
            Headers = headers,
            Attempt = _sketch.Attempt,
            Labels = _sketch.Labels.Labels,
        };
        _span = InferenceSpan.Start(_settings.Telemetry.Source, _settings.Spans, start);
        _sketch.OpenAttempt?.Span = _span?.Attempt;
        Quietly.Run("capture start", (call: this, start), static s => s.call.StartCapture(s.start));
        var inFlight = RecordAssembler.InFlight(_sketch);
        _ticket = _settings.Ledger?.Begin(inFlight with { ModelMatched = ModelNames.Find(inFlight, _settings.Prices) }) ?? default;
        if (_body is { IsDeferred: false } known)
        {
            NewPromptSteps().Start(known, inFlight, _request, mayWait: isAsync && !_settings.EstimateFirst);
        }

        _sketch.Connection = _settings.Connections is { } connections ? ConnectionWatch.Begin(connections, _request) : null;
    }

    private void BeginAttempt(int? retryCount)
    {
        var attempt = _settings.Attempts.Begin(_request, new AttemptStart
        {
            Id = _sketch.Id,
            Timestamp = _sketch.StartTimestamp,
            Operation = _sketch.Endpoint.Operation,
            RetryCount = retryCount,
            CallSpan = SpanOwnership.FindCall(_request, TagValues.IsInference(_sketch.Endpoint.Operation)),
            Body = _body,
        });
        attempt.Model = _sketch.ModelRequested;
        _sketch.OpenAttempt = attempt;
        _sketch.Attempt = attempt.Info;
    }

    // By its body a later attempt is recognised.
    private void TakeFingerprint()
    {
        if (_sketch.OpenAttempt is { Body: null } attempt)
        {
            attempt.Identify(_body?.Fingerprint());
            _sketch.Attempt = attempt.Info;
        }
    }

    // Whatever the span and the log event of the call tell of its content is collected from here on.
    private void StartCapture(in CallStart start)
    {
        if (!TagValues.IsInference(_sketch.Endpoint.Operation))
        {
            return;
        }

        _sketch.Details = _settings.Events?.StartDetails(start);
        if (_settings.Content is { } options && (_sketch.Details is not null || _span is { TakesContent: true }))
        {
            _sketch.Content = new CallContent(options);
            if (_body is { IsDeferred: false } body)
            {
                ShowContent(body);
            }
        }
    }

    private void ShowContent(RequestBody body)
    {
        if (_sketch.Content is { } content)
        {
            Quietly.Run("capture request", (body, content), static s => s.body.Show(s.content, static (bytes, content) => content.Read(bytes)));
        }
    }

    private AnswerObserver? Attach(HttpResponseMessage response) => Quietly.Run(
        "receive", (call: this, response), static s => s.call.AttachNow(s.response), otherwise: null);

    private AnswerObserver AttachNow(HttpResponseMessage response)
    {
        Release();
        var after = _settings.Time.GetElapsedTime(_sketch.StartTimestamp);
        _sketch.HeadersAfter = after;
        _sketch.HttpStatus = (int)response.StatusCode;
        _sketch.Headers = ResponseHeaders.Read(response, _settings.Time.GetUtcNow());
        _sketch.AnswerKind = AnswerKinds.Of(response, _sketch.Endpoint, _sketch.BatchId);
        _sketch.OpenAttempt?.Answered(_sketch.HttpStatus.Value, _sketch.Headers.ShouldRetry);
        _span?.Events.Reached(SpanEvents.Headers, after);
        NewPromptSteps().Describe();
        if (response.IsSuccessStatusCode)
        {
            _sketch.Prompt?.AnswerBegan();
        }

        var observer = new AnswerObserver(_settings, _sketch, _span, _ticket, response.Content.Headers);
        Observe(response, new ObserverGuard(observer));
        return observer;
    }

    private void Observe(HttpResponseMessage response, ObserverGuard guard)
    {
        var isDrained = _settings.Drainer is { } drainer && drainer.Wants(_sketch.Endpoint.Provider)
            && response.IsSuccessStatusCode && _sketch.AnswerKind is not (AnswerKind.Unparsed or AnswerKind.Page);
        response.Content = new ObservedContent(
            isDrained ? new DrainableContent(response.Content, guard, _settings.Drainer!) : response.Content, guard);
    }

    // The request is back in the caller's hands: it gets its own content back, and the next attempt may be observed.
    private void Release()
    {
        CallMarker.Leave(_request);
        _sketch.Connection?.Release();
        TakeFingerprint();
        if (_body is not { } body)
        {
            return;
        }

        _body = null;
        using (body)
        {
            if (body.IsDeferred)
            {
                ReadBody(body);
                ReadLabels();
                _span?.Describe(_sketch.Request);
                _sketch.Details?.Describe(_sketch.Request);
                ShowContent(body);
                NewPromptSteps().Start(body, RecordAssembler.InFlight(_sketch), _request, mayWait: false);
            }
        }
    }

    private void ReadBody(RequestBody body)
    {
        _sketch.Request = body.Snapshot();
        _sketch.RequestBytes = body.Length;
        _sketch.BatchModel = _sketch.Endpoint.Operation == Operation.BatchCreate ? body.Find(RequestedModel.Of) : null;
    }

    private void ReadLabels()
    {
        var labels = _settings.Labels.Read(_request, _sketch.Request.MetadataUserId);
        var own = labels.Labels;
        var all = _settings.BaseLabels.With(own.Session, own.Conversation, own.Turn, own.Tags.Count == 0 ? null : own.Tags);
        _sketch.Labels = labels.Faults.Count > 0 || labels.MaxCost is not null
            ? all with { Faults = [.. all.Faults, .. labels.Faults], MaxCost = labels.MaxCost }
            : all;
    }

    private PromptSteps NewPromptSteps() => new(_settings, _sketch, _span);

    private CallFinish NewFinish() => new(_settings, _sketch, _span, _ticket);
}
