using System.Text;
using Telemetry.Handler.Documents;
using Telemetry.Handler.EventStreams;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Messages;

/// <summary>
/// Parses an answer that comes as an AWS event stream: of InvokeModel, whose chunks hold the events of the Messages API, or of
/// ConverseStream, whose frames are events themselves. Each frame says which it is. What a frame brought counts at its end only,
/// once its checksum was seen to fit.
/// </summary>
internal sealed class EventStreamParser : AnswerParser, IFrameSink, IChunkSink
{
    private readonly EventStreamReader _frames;
    private readonly ChunkPayload _chunk;
    private readonly MessageFold _fold;
    private readonly EventReader _events;
    private FrameKind _kind;
    private EventType _type;
    private string? _errorType;

    public EventStreamParser(ChunkClock clock, IMilestoneSink? milestones)
        : this(new MessageDraft(), clock, milestones)
    {
    }

    private EventStreamParser(MessageDraft known, ChunkClock clock, IMilestoneSink? milestones)
        : base(new AnswerFacts(known), clock)
    {
        _frames = new EventStreamReader(this);
        _chunk = new ChunkPayload(this);
        _fold = new MessageFold(known, Facts, clock, milestones);
        _events = new EventReader(_fold);
    }

    private enum FrameKind : byte
    {
        Unknown,
        Chunk,
        Event,
        Error,
    }

    void IFrameSink.OnFrame(FrameHeaders headers)
    {
        _type = EventType.Unknown;
        _errorType = null;
        _kind = FrameKind.Unknown;
        if (headers.MessageType.SequenceEqual("event"u8))
        {
            _type = MessageWords.EventTypeOf(headers.EventType);
            _kind = headers.EventType.SequenceEqual("chunk"u8) ? FrameKind.Chunk
                : _type == EventType.Unknown ? FrameKind.Unknown
                : FrameKind.Event;
        }
        else if (headers.MessageType.SequenceEqual("exception"u8) || headers.MessageType.SequenceEqual("error"u8))
        {
            _kind = FrameKind.Error;
            _errorType = NameOf(headers.ExceptionType) ?? NameOf(headers.ErrorCode);
        }

        _chunk.Reset();
    }

    void IFrameSink.OnPayload(ReadOnlySpan<byte> part, bool whole)
    {
        if (_kind == FrameKind.Chunk)
        {
            _chunk.Feed(part, whole);
        }
        else if (_kind != FrameKind.Unknown)
        {
            _events.Feed(part);
        }
    }

    void IFrameSink.OnFrameEnd()
    {
        switch (_kind)
        {
            case FrameKind.Chunk:
                EndChunk();
                break;
            case FrameKind.Event:
                _events.Apply(_type);
                break;
            case FrameKind.Error:
                _events.ApplyError(_errorType);
                break;
            default:
                Facts.Faults |= AnswerFaults.UnknownFrame;
                _events.ApplyUnknown();
                break;
        }
    }

    void IFrameSink.OnFault(FrameFault fault)
    {
        Facts.Faults |= fault switch
        {
            FrameFault.Corrupt => AnswerFaults.CorruptFrame,
            FrameFault.Malformed => AnswerFaults.MalformedFrame,
            FrameFault.Truncated => AnswerFaults.TruncatedFrame,
            FrameFault.TooLarge => AnswerFaults.FrameTooLarge,
            _ => AnswerFaults.FramingLost,
        };
        _events.Drop();
    }

    void IChunkSink.OnBytesStart() => _events.Drop();

    void IChunkSink.OnBytes(ReadOnlySpan<byte> part, bool whole)
    {
        if (!whole || !_events.TryTakeDelta(part))
        {
            _events.Feed(part);
        }
    }

    private protected override void Show(IAnswerTap? tap) => _events.Tap = tap;

    private protected override void ShowOutput(IOutputSink? output) => _events.Output = output;

    private protected override void Parse(ReadOnlySpan<byte> bytes) => _frames.Feed(bytes);

    private protected override void Finish()
    {
        _frames.Complete();
        _fold.Finish();
    }

    private void EndChunk()
    {
        var fault = _chunk.State switch
        {
            ChunkState.Malformed => AnswerFaults.MalformedJson,
            ChunkState.InvalidBase64 => AnswerFaults.InvalidBase64,
            ChunkState.Empty => AnswerFaults.MissingBytes,
            _ when !_events.HasBegun => AnswerFaults.MissingBytes,
            _ => AnswerFaults.None,
        };
        if (fault == AnswerFaults.None)
        {
            _events.Apply(EventType.Unknown);
            return;
        }

        Facts.Faults |= fault;
        _events.Drop();
    }

    // Error types are short words; what is none is not kept.
    private static string? NameOf(ReadOnlySpan<byte> header) =>
        header.IsEmpty || header.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? null : Encoding.ASCII.GetString(header);
}
