using System.Diagnostics;
using Telemetry.Handler.Content;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Names;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Events;

/// <summary>The log event that tells a whole call: the attributes of its inference span, also where nobody traces.</summary>
#pragma warning disable CA1001 // A span that is never started has nothing to dispose of.
internal sealed class OperationDetails
#pragma warning restore CA1001
{
    // Never started and so seen by no listener: it only holds the attributes that the span has or would have.
    private readonly Activity _attributes = new(LogEvents.OperationDetails);
    private readonly MessagesEndpoint _endpoint;
    private readonly RequestHeaders _headers;
    private readonly SemanticConventions _conventions;

    public OperationDetails(in CallStart call, SemanticConventions conventions)
    {
        _endpoint = call.Endpoint;
        _headers = call.Headers;
        _conventions = conventions;
        foreach (var (name, value) in RequestTags.AtCreation(call))
        {
            _attributes.SetTag(name, value);
        }

        RequestTags.Set(_attributes, call);
    }

    /// <summary>Adds what the body says, where it was not known at the start.</summary>
    public void Describe(RequestSnapshot snapshot) => RequestTags.SetSnapshot(_attributes, _endpoint, snapshot, _headers);

    /// <summary>The event at the end of the call.</summary>
    public EventState ToState(in CallEnd end)
    {
        ResponseTags.Set(_attributes, end, _conventions);
        CostTags.Set(_attributes, end, new SpanOptions { Conventions = _conventions });
        _attributes.SetTag(SemanticTags.ErrorType, ErrorTypes.Of(end.Record));
        var state = new EventState($"A call of {end.Record.Model ?? TagValues.Unknown} is over: {end.Record.Outcome}.");
        foreach (var (name, value) in _attributes.TagObjects)
        {
            state.With(name, value);
        }

        return end.Content is { } content ? WithContent(state, content) : state;
    }

    private static EventState WithContent(EventState state, CapturedContent content) => state
        .With(GenAi.SystemInstructions, StructuredJson.Of(content.SystemInstructions))
        .With(GenAi.ToolDefinitions, StructuredJson.Of(content.ToolDefinitions))
        .With(GenAi.InputMessages, StructuredJson.Of(content.InputMessages))
        .With(GenAi.OutputMessages, StructuredJson.Of(content.OutputMessages))
        .With(GenAi.RequestStopSequences, content.StopSequences.Count > 0 ? content.StopSequences.ToArray() : null)
        .With(AnthropicTags.ContentTruncated, content.IsTruncated ? true : null);
}
