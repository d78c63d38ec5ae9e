using Telemetry.Handler.Documents;
using Telemetry.Handler.Streaming;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Messages;

/// <summary>Parses an answer that comes as server-sent events.</summary>
internal sealed class StreamParser : AnswerParser, ISseSink
{
    private readonly SseReader _sse;
    private readonly MessageReader _reader = new();
    private readonly MessageFold _fold;
    private readonly byte[] _head = new byte[DoneMark.Length + 1];
    private int _headLength;
    private Field _deltaKind = Field.None;
    private long _deltaSize;

    public StreamParser(ChunkClock clock, IMilestoneSink? milestones)
        : this(new MessageDraft(), clock, milestones)
    {
    }

    private StreamParser(MessageDraft known, ChunkClock clock, IMilestoneSink? milestones)
        : base(new AnswerFacts(known), clock)
    {
        _sse = new SseReader(this);
        _fold = new MessageFold(known, Facts, clock, milestones);
    }

    /// <summary>What some gateways end a stream with; it is another API's custom and says nothing here.</summary>
    private static ReadOnlySpan<byte> DoneMark => "[DONE]"u8;

    void ISseSink.OnData(ReadOnlySpan<byte> part, bool whole)
    {
        Tap?.OnData(part);
        if (whole && QuickDelta.TryRead(part, out _deltaKind, out _deltaSize))
        {
            _reader.MarkDone();
            return;
        }

        _deltaKind = whole ? Field.None : _deltaKind;
        var head = part[..Math.Min(part.Length, _head.Length - _headLength)];
        head.CopyTo(_head.AsSpan(_headLength));
        _headLength += head.Length;
        _reader.Feed(part);
    }

    void ISseSink.OnEvent(ReadOnlySpan<byte> name, bool cut)
    {
        if (_reader.IsDone)
        {
            Tap?.OnDocument();
            if (_deltaKind == Field.None)
            {
                var type = _reader.Draft.Type;
                _fold.Apply(_reader.Draft, type == EventType.Unknown ? MessageShape.EventTypeOf(name) : type);
            }
            else
            {
                _fold.ApplyDelta(_deltaKind, _deltaSize);
            }
        }
        else if (!cut && !_head.AsSpan(0, _headLength).SequenceEqual(DoneMark))
        {
            _fold.ApplyWithoutData(MessageShape.EventTypeOf(name), isMalformed: _reader.HasBegun);
        }

        Tap?.OnDropped();
        if (_deltaKind == Field.None)
        {
            _reader.Reset();
        }
        else
        {
            _reader.Restart();
        }

        _deltaKind = Field.None;
        _headLength = 0;
    }

    private protected override void Parse(ReadOnlySpan<byte> bytes) => _sse.Feed(bytes);

    private protected override void Finish()
    {
        _sse.Complete();
        _fold.Finish();
    }
}
