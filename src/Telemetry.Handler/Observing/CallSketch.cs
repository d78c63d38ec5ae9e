using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Observing;

/// <summary>What is known of an attempt so far; written by the one flow that carries the call.</summary>
internal sealed class CallSketch(MessagesEndpoint endpoint, TimeProvider time)
{
    private readonly TimeProvider _time = time;

    public CallId Id { get; init; }

    public required long StartTimestamp { get; init; }

    public CallId? FirstAttemptId { get; set; }

    public int Attempt { get; set; } = 1;

    public MessagesEndpoint Endpoint { get; } = endpoint;

    public RequestSnapshot Request { get; set; } = RequestSnapshot.Empty;

    public long? RequestBytes { get; set; }

    public CallLabels Labels { get; set; } = CallLabels.None;

    public int? HttpStatus { get; set; }

    public ResponseHeaders? Headers { get; set; }

    public TimeSpan? HeadersAfter { get; set; }

    public AnswerParser? Parser { get; set; }

    public AnswerKind AnswerKind { get; set; }

    public ChunkClock? Chunks { get; set; }

    public string? OwnFault { get; set; }

    public AnswerFacts? Facts => Parser?.Facts;

    public string? ModelRequested => Endpoint.ModelFromUrl ?? Request.Model;

    public bool IsStreamAnswer => AnswerKind == AnswerKind.MessageStream;

    public bool IsStream => IsStreamAnswer || Request.Stream == true || Endpoint.IsStreamFromUrl;

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
        var faults = Facts?.FaultNames ?? [];
        return OwnFault is null ? faults : [.. faults, OwnFault];
    }
}
