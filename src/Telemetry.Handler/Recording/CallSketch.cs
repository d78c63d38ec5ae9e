using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Connections;
using Telemetry.Handler.Content;
using Telemetry.Handler.Draining;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Events;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Labels;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Recording;

/// <summary>What is known of an attempt so far; written by the one flow that carries the call.</summary>
internal sealed class CallSketch(MessagesEndpoint endpoint, TimeProvider time)
{
    private readonly TimeProvider _time = time;

    public CallId Id { get; init; }

    public required long StartTimestamp { get; init; }

    public ModelAliases Aliases { get; init; } = ModelAliases.None;

    public ScopeHash? LimitScopes { get; init; }

    public string? LimitScope => LimitScopes?.Of(Headers?.OrganizationId, Headers?.WorkspaceId);

    public AttemptInfo Attempt { get; set; } = new(1, null, default, null);

    /// <summary>The attempt among those of its logical call; null until it has begun.</summary>
    public OpenAttempt? OpenAttempt { get; set; }

    public MessagesEndpoint Endpoint { get; } = endpoint;

    public RequestSnapshot Request { get; set; } = RequestSnapshot.Unknown;

    public long? RequestBytes { get; set; }

    public LabelSet Labels { get; set; } = LabelSet.None;

    /// <summary>What was sent and received; null where content is not captured.</summary>
    public CallContent? Content { get; set; }

    /// <summary>What the log event of the whole call will tell; null where it is not wanted.</summary>
    public OperationDetails? Details { get; set; }

    /// <summary>What ended the transfer; null where nothing was thrown.</summary>
    public Exception? Failure { get; set; }

    public int? HttpStatus { get; set; }

    public ResponseHeaders? Headers { get; set; }

    public TimeSpan? HeadersAfter { get; set; }

    public AnswerParser? Parser { get; set; }

    public AnswerKind AnswerKind { get; set; }

    public TransferWatch? Chunks { get; set; }

    /// <summary>What of the answer came when; null where none is streamed.</summary>
    public PartsWatch? Parts { get; set; }

    public ConnectionWatch? Connection { get; set; }

    /// <summary>Tool calls that the model began.</summary>
    public int ToolCalls { get; set; }

    /// <summary>Whether the answer showed that the server did more than answer: ran tools, or fell back to another model.</summary>
    public bool HasServerWork { get; set; }

    /// <summary>What the caller saw, where it left and the rest was read without it; null otherwise.</summary>
    public CallerLeft? Left { get; set; }

    /// <summary>The cost at which the answer was stopped; null where it was not.</summary>
    public NanoUsd? CostLimit { get; set; }

    /// <summary>The output tokens that were counted while the answer arrived; null where nobody asked for it.</summary>
    public long? CountedOutput { get; set; }

    public string? ModelAlias => Aliases.Find(ModelRequested) ?? Aliases.Find(Facts?.Model);

    public AnswerFacts? Facts => Parser?.Facts;

    public string? ModelRequested => Endpoint.ModelFromUrl ?? Request.Model;

    /// <summary>The reading of the prompt; null where it is not read.</summary>
    public PromptJob? Prompt { get; set; }

    /// <summary>What changed of the prompt, so that its cache was lost; null where content is not captured.</summary>
    public string? CacheDiff { get; set; }

    /// <summary>Whether the trace has been told what is expected of the call.</summary>
    public bool IsExpectationTold { get; set; }

    /// <summary>The batch that the call is about.</summary>
    public string? BatchId { get; set; }

    public long? BatchRequests { get; set; }

    /// <summary>The model that all requests of a new batch ask for.</summary>
    public string? BatchModel { get; set; }

    public bool IsStreamAnswer => AnswerKind is AnswerKind.MessageStream or AnswerKind.EventStream;

    public bool IsStream => IsStreamAnswer || Request.Stream == true || Endpoint.IsStreamFromUrl == true;

    public CallTiming Timing()
    {
        if (Left is { } left)
        {
            return left.Timing;
        }

        var total = _time.GetElapsedTime(StartTimestamp);
        return new CallTiming
        {
            Headers = HeadersAfter,
            FirstEvent = Facts?.FirstEvent ?? Chunks?.FirstByte,
            FirstContent = Facts?.FirstContent,
            Total = total,
            LongestGap = Chunks?.LongestGap,
            Parts = Parts?.Until(Facts?.IsComplete == true ? null : Chunks?.SilentSince, total) ?? [],
        };
    }

    public TransferFacts Transfer() => Left is { } left ? left.Transfer with { DrainedBytes = left.DrainedBytes } : new TransferFacts
    {
        RequestBytes = RequestBytes,
        ResponseBytes = Chunks?.Bytes ?? 0,
        Chunks = Chunks?.Chunks ?? 0,
        Events = Facts?.Events ?? 0,
        Pings = Facts?.Pings ?? 0,
        ContentBlocks = Facts?.ContentBlocks ?? 0,
        IsConnectionReused = Connection?.IsReused,
    };

    public IReadOnlyList<string> Faults()
    {
        // Where the API takes no body, that there is none is no fault.
        var answer = Facts?.FaultNames ?? [];
        var request = Endpoint.Operation is Operation.BatchOther or Operation.BatchResults or Operation.Models ? [] : Request.Faults;
        IReadOnlyList<string> prompt = Prompt?.Readout?.Fault is { } fault ? [fault] : [];
        return request.Count + Labels.Faults.Count + prompt.Count == 0 ? answer : [.. answer, .. request, .. prompt, .. Labels.Faults];
    }
}
