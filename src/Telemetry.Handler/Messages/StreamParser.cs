using Telemetry.Handler.Documents;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Messages;

/// <summary>Parses an answer that comes as server-sent events.</summary>
internal sealed class StreamParser : AnswerParser, ISseSink
{
    private readonly SseReader _sse;
    private readonly MessageFold _fold;
    private readonly EventReader _events;
    private readonly byte[] _head = new byte[DoneMark.Length + 1];
    private int _headLength;

    public StreamParser(ChunkClock clock, IMilestoneSink? milestones)
        : this(new MessageDraft(), clock, milestones)
    {
    }

    private StreamParser(MessageDraft known, ChunkClock clock, IMilestoneSink? milestones)
        : base(new AnswerFacts(known), clock)
    {
        _sse = new SseReader(this);
        _fold = new MessageFold(known, Facts, clock, milestones);
        _events = new EventReader(_fold);
    }

    /// <summary>What some gateways end a stream with; it is another API's custom and says nothing here.</summary>
    private static ReadOnlySpan<byte> DoneMark => "[DONE]"u8;

    void ISseSink.OnData(ReadOnlySpan<byte> part, bool whole)
    {
        if (whole && _events.TryTakeDelta(part))
        {
            return;
        }

        var head = part[..Math.Min(part.Length, _head.Length - _headLength)];
        head.CopyTo(_head.AsSpan(_headLength));
        _headLength += head.Length;
        _events.Feed(part);
    }

    void ISseSink.OnEvent(ReadOnlySpan<byte> name, bool cut)
    {
        if (_events.IsDone || !(cut || _head.AsSpan(0, _headLength).SequenceEqual(DoneMark)))
        {
            _events.Apply(MessageWords.EventTypeOf(name));
        }
        else
        {
            _events.Drop();
        }

        _headLength = 0;
    }

    private protected override void Show(IAnswerTap? tap) => _events.Tap = tap;

    private protected override void ShowOutput(IOutputSink? output) => _events.Output = output;

    private protected override void Parse(ReadOnlySpan<byte> bytes) => _sse.Feed(bytes);

    private protected override void Finish()
    {
        _sse.Complete();
        _fold.Finish();
    }
}
