using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Content;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Names;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Spans;

/// <summary>
/// The trace of one attempt. Where nobody else traces the call, that is an inference span of ours (<c>chat {model}</c>). Where
/// an inference span is there already, it is enriched with what we know, and the attempt is a child of it.
/// </summary>
internal sealed class InferenceSpan
{
    private readonly SpanOptions _options;
    private readonly MessagesEndpoint _endpoint;
    private readonly RequestHeaders _headers;
    private readonly Activity? _outer;
    private readonly Activity? _own;
    private int _isFinished;
    private bool _isRunning;

    private InferenceSpan(SpanOptions options, in CallStart call, Activity? outer, Activity? own, Activity? adopted)
    {
        _options = options;
        _endpoint = call.Endpoint;
        _headers = call.Headers;
        _outer = outer;
        _own = own;
        Adopted = adopted;
        IsInExtensionsAi = SpanOwnership.FindExtensionsAi(adopted) is not null;
        Events = new MilestoneEvents(own, call.Id.Time);
    }

    /// <summary>The inference span that was there already; null where it is ours.</summary>
    public Activity? Adopted { get; }

    /// <summary>The span to record metrics under.</summary>
    public Activity? Activity => _own ?? Adopted;

    /// <summary>The attempt's own span, for a later attempt to link to; null when nobody listens to ours.</summary>
    public ActivityContext? Attempt => _own?.Context;

    /// <summary>Whether Microsoft.Extensions.AI traces the call, and so records its metrics; as it was at the start.</summary>
    public bool IsInExtensionsAi { get; }

    /// <summary>Whether the inference span is recorded, so that content can be put on it.</summary>
    public bool TakesContent => (Adopted ?? _own) is { IsAllDataRequested: true };

    /// <summary>The milestones.</summary>
    public MilestoneEvents Events { get; }

    /// <summary>Starts the trace; the new span is the current one from then on, so that those of the inner handlers lie below it.</summary>
    /// <param name="source">Our source.</param>
    /// <param name="options">How spans are written.</param>
    /// <param name="call">The call.</param>
    /// <returns>The trace; null when nobody listens.</returns>
    public static InferenceSpan? Start(ActivitySource source, SpanOptions options, in CallStart call)
    {
        var isInference = TagValues.IsInference(call.Endpoint.Operation);
        var adopted = options.Adopt && isInference ? SpanOwnership.Find(call.Request) : null;
        var hasListeners = source.HasListeners();
        if (!hasListeners && adopted is null)
        {
            return null;
        }

        var outer = System.Diagnostics.Activity.Current;
        var own = !hasListeners ? null : adopted is null ? StartInference(source, call) : StartAttempt(source, call, adopted);
        if (own is null && adopted is null)
        {
            return null;
        }

        if (SpanOwnership.FindExtensionsAi(adopted) is { } extensions && extensions != adopted)
        {
            HandlerEventSource.Log.DuplicateInstrumentation(extensions.Source.Name);
        }

        return new InferenceSpan(options, call, outer, own, adopted);
    }

    /// <summary>Adds what the body says, where it was not known at the start.</summary>
    public void Describe(RequestSnapshot snapshot)
    {
        if (Adopted is null && _own is { IsAllDataRequested: true })
        {
            _own.DisplayName = RequestTags.Name(_endpoint, snapshot);
            RequestTags.SetSnapshot(_own, _endpoint, snapshot, _headers);
        }
    }

    /// <summary>Adds what the call is expected to take; on the flow of the call, like all of a span.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="cache">What it is expected to do with the prompt cache.</param>
    public void Describe(TokenEstimate estimate, in CacheTags.Expected cache)
    {
        if (Activity is { IsAllDataRequested: true, IsStopped: false } span)
        {
            var tags = new TagWriter(span);
            tags.Set(CostLedgerTags.EstimateInputTokens, estimate.InputTokens);
            tags.Set(CostLedgerTags.EstimateCost, estimate.ExpectedCost?.ToDouble());
            tags.Set(CostLedgerTags.EstimateTokenizer, estimate.Tokenizer);
            CacheTags.SetExpected(tags, estimate, cache);
        }
    }

    /// <summary>Makes the caller's span the current one again. Only synchronous sending needs it; an async method does it by returning.</summary>
    public void Leave()
    {
        if (_own is not null && System.Diagnostics.Activity.Current == _own)
        {
            System.Diagnostics.Activity.Current = _outer;
        }
    }

    /// <summary>Tells what is known while the answer arrives; the end takes it away again.</summary>
    /// <param name="outputTokens">The output tokens so far.</param>
    /// <param name="cost">The cost so far; null without a price.</param>
    public void Show(long outputTokens, NanoUsd? cost)
    {
        if ((Adopted ?? _own) is { IsStopped: false, IsAllDataRequested: true } span)
        {
            _isRunning = true;
            CostTags.SetRunning(span, outputTokens, cost);
        }
    }

    /// <summary>Ends the trace. Only the first call counts.</summary>
    public void Finish(in CallEnd end)
    {
        if (Interlocked.Exchange(ref _isFinished, 1) != 0)
        {
            return;
        }

        if (_isRunning && (Adopted ?? _own) is { IsStopped: false } span)
        {
            CostTags.ClearRunning(span);
        }

        // The caller may have ended its span meanwhile; what is stopped is exported and must not change.
        if (Adopted is { IsStopped: false, IsAllDataRequested: true } && !end.Operation.IsLate)
        {
            CostTags.Replace(Adopted, end, _options);
            ContentTags.Set(Adopted, end.Content);
        }

        if (_own is null)
        {
            return;
        }

        if (_own.IsAllDataRequested)
        {
            Describe(end);
        }

        _own.SetEndTime((end.Record.StartedAt + end.Record.Timing.Total).UtcDateTime);

        // Stopping makes the parent current, in whatever context that happens.
        CurrentActivity.Run(_own, _own, static own => own.Stop());
    }

    private void Describe(in CallEnd end)
    {
        if (Adopted is null)
        {
            ResponseTags.Set(_own!, end, _options.Conventions);
            CostTags.Set(_own!, end, _options);
            ContentTags.Set(_own!, end.Content);
        }

        AttemptTags.SetEnd(_own!, end);
    }

    private static Activity? StartInference(ActivitySource source, in CallStart call)
    {
        var span = source.StartActivity(
            RequestTags.Name(call.Endpoint, call.Snapshot), ActivityKind.Client, default(ActivityContext), RequestTags.AtCreation(call), Links(call), call.Id.Time);
        if (span is { IsAllDataRequested: true })
        {
            RequestTags.Set(span, call);
            AttemptTags.SetOrdinal(span, call.Attempt);
        }

        return span;
    }

    private static Activity? StartAttempt(ActivitySource source, in CallStart call, Activity adopted)
    {
        // Where spans lie between, the attempt goes below the innermost.
        var parent = SpanOwnership.IsCurrent(adopted) ? default : adopted.Context;
        var span = source.StartActivity(AttemptTags.SpanName, ActivityKind.Internal, parent, tags: null, Links(call), call.Id.Time);
        if (span is { IsAllDataRequested: true })
        {
            AttemptTags.SetHttp(span, call);
            AttemptTags.SetOrdinal(span, call.Attempt);
            new TagWriter(span).Set(CostLedgerTags.CallId, call.Id.ToString());
        }

        return span;
    }

    private static ActivityLink[]? Links(in CallStart call) => call.Attempt.Previous is { } previous
        ? [new ActivityLink(previous, new ActivityTagsCollection { { CostLedgerTags.LinkKind, TagValues.RetryOf } })]
        : null;
}
