using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Spans;

/// <summary>
/// The span of one attempt: the inference span itself (<c>chat {model}</c>), or an attempt below an inference span that
/// somebody else has started. It is current only while the request is on its way; the caller's activity is never replaced.
/// </summary>
internal sealed class CallSpan : IMilestoneSink
{
    private const string Chat = "chat";
    private const string AttemptName = "messages attempt";
    private const int MaxStalls = 8;

    private readonly Activity _activity;
    private readonly Activity? _adopted;
    private int _stalls;

    private CallSpan(Activity activity, Activity? adopted)
    {
        _activity = activity;
        _adopted = adopted;
    }

    public static CallSpan? Start(ActivitySource source, HttpRequestMessage message, MessagesEndpoint endpoint, RequestSnapshot request)
    {
        var adopted = AdoptedSpan.Find(message);
        var activity = adopted is null
            ? source.StartActivity(NameOf(endpoint, request), ActivityKind.Client, default(ActivityContext), CreationTags(message, endpoint, request))
            : source.StartActivity(AttemptName, ActivityKind.Internal);
        if (activity is null)
        {
            return null;
        }

        if (adopted is not null)
        {
            AttemptTags.SetStart(activity, message);
        }

        return new CallSpan(activity, adopted);
    }

    /// <summary>A milestone of the answer, as a span event.</summary>
    public void OnMilestone(Milestone kind, int index, string? blockType, long timestamp)
    {
        if (!_activity.IsAllDataRequested)
        {
            return;
        }

        var name = kind switch
        {
            Milestone.MessageStart => EventNames.MessageStart,
            Milestone.FirstContent => EventNames.FirstContent,
            Milestone.ContentBlockStart => EventNames.ContentBlockStart,
            Milestone.MessageDelta => EventNames.MessageDelta,
            Milestone.MessageStop => EventNames.MessageStop,
            _ => EventNames.Error,
        };
        _activity.AddEvent(kind == Milestone.ContentBlockStart
            ? new ActivityEvent(name, tags: new ActivityTagsCollection
            {
                [CostLedgerTags.EventIndex] = index,
                [CostLedgerTags.EventBlockType] = blockType,
            })
            : new ActivityEvent(name));
    }

    /// <summary>The response headers arrived.</summary>
    public void Headers()
    {
        if (_activity.IsAllDataRequested)
        {
            _activity.AddEvent(new ActivityEvent(EventNames.Headers));
        }
    }

    /// <summary>A silence ended.</summary>
    public void Stall(TimeSpan gap)
    {
        if (_activity.IsAllDataRequested && _stalls++ < MaxStalls)
        {
            _activity.AddEvent(new ActivityEvent(EventNames.Stall, tags: new ActivityTagsCollection
            {
                [CostLedgerTags.EventGap] = gap.TotalSeconds,
            }));
        }
    }

    /// <summary>Makes the span current until the scope is disposed; then the caller's activity is back.</summary>
    public CurrentScope MakeCurrent() => new(_activity);

    /// <summary>Sets what is known at the end and ends the span.</summary>
    public void Finish(FinishedCall call, GenAiConventions conventions, bool emitCostAlias)
    {
        if (_activity.IsAllDataRequested)
        {
            SetTags(call, conventions, emitCostAlias);
        }

        _activity.Stop();
    }

    private void SetTags(FinishedCall call, GenAiConventions conventions, bool emitCostAlias)
    {
        if (_adopted is not null)
        {
            AttemptTags.SetEnd(_activity, call);
            if (_adopted is { IsStopped: false, IsAllDataRequested: true })
            {
                CostTags.Set(_adopted, call);
            }
        }
        else
        {
            _activity.DisplayName = NameOf(call);
            InferenceTags.Set(_activity, call, conventions);
            CostTags.Set(_activity, call);
            CostTags.SetAlias(_activity, call, emitCostAlias);
        }

        if (call.Record.ErrorType is { } errorType)
        {
            _activity.SetStatus(ActivityStatusCode.Error, errorType);
        }
    }

    private static string NameOf(MessagesEndpoint endpoint, RequestSnapshot request) =>
        NameOf(endpoint.Operation, endpoint.ModelFromUrl ?? request.Model);

    private static string NameOf(FinishedCall call) => NameOf(call.Record.Operation, call.Record.ModelRequested);

    private static string NameOf(Operation operation, string? model)
    {
        var name = operation is Operation.Messages or Operation.Converse ? Chat : operation.Name();
        return model is null ? name : $"{name} {model}";
    }

    private static TagList CreationTags(HttpRequestMessage message, MessagesEndpoint endpoint, RequestSnapshot request)
    {
        var tags = new TagList();
        if (endpoint.Operation is Operation.Messages or Operation.Converse)
        {
            tags.Add(GenAiTags.OperationName, Chat);
        }

        tags.Add(GenAiTags.ProviderName, ProviderNames.Of(endpoint.Provider));
        if ((endpoint.ModelFromUrl ?? request.Model) is { } model)
        {
            tags.Add(GenAiTags.RequestModel, model);
        }

        if (message.RequestUri is { } uri)
        {
            tags.Add(GenAiTags.ServerAddress, uri.Host);
            tags.Add(GenAiTags.ServerPort, uri.Port);
        }

        return tags;
    }
}
