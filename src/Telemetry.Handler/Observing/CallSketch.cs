using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Labels;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Observing;

/// <summary>What is known of an attempt so far; written by the one flow that carries the call.</summary>
internal sealed class CallSketch(MessagesEndpoint endpoint, TimeProvider time)
{
    private readonly TimeProvider _time = time;

    public CallId Id { get; init; }

    public required long StartTimestamp { get; init; }

    public ScopeHash? LimitScopes { get; init; }

    public AttemptInfo Attempt { get; set; } = new(1, null, default, null);

    public MessagesEndpoint Endpoint { get; } = endpoint;

    public RequestSnapshot Request { get; set; } = RequestSnapshot.Unknown;

    public long? RequestBytes { get; set; }

    public LabelSet Labels { get; set; } = LabelSet.None;

    public int? HttpStatus { get; set; }

    public ResponseHeaders? Headers { get; set; }

    public TimeSpan? HeadersAfter { get; set; }

    public AnswerParser? Parser { get; set; }

    public AnswerKind AnswerKind { get; set; }

    public TransferWatch? Chunks { get; set; }

    /// <summary>Tool calls that the model began.</summary>
    public int ToolCalls { get; set; }

    public AnswerFacts? Facts => Parser?.Facts;

    public string? ModelRequested => Endpoint.ModelFromUrl ?? Request.Model;

    public string? LimitScope => LimitScopes?.Of(Headers?.OrganizationId, Headers?.WorkspaceId);

    public bool IsStreamAnswer => AnswerKind == AnswerKind.MessageStream;

    public bool IsStream => IsStreamAnswer || Request.Stream == true || Endpoint.IsStreamFromUrl == true;

    public CallTiming Timing() => new()
    {
        Headers = HeadersAfter,
        FirstEvent = Facts?.FirstEvent ?? Chunks?.FirstByte,
        FirstContent = Facts?.FirstContent,
        Total = _time.GetElapsedTime(StartTimestamp),
        LongestGap = Chunks?.LongestGap,
    };

    public TransferFacts Transfer() => new()
    {
        RequestBytes = RequestBytes,
        ResponseBytes = Chunks?.Bytes ?? 0,
        Chunks = Chunks?.Chunks ?? 0,
        Events = Facts?.Events ?? 0,
        Pings = Facts?.Pings ?? 0,
        ContentBlocks = Facts?.ContentBlocks ?? 0,
    };

    public IReadOnlyList<string> Faults()
    {
        var answer = Facts?.FaultNames ?? [];
        return Request.Faults.Count == 0 && Labels.Faults.Count == 0 ? answer : [.. answer, .. Request.Faults, .. Labels.Faults];
    }
}
