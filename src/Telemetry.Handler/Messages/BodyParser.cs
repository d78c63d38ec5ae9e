using Telemetry.Handler.Documents;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Messages;

/// <summary>Parses an answer that is one JSON document.</summary>
internal sealed class BodyParser : AnswerParser
{
    private readonly AnswerKind _kind;
    private readonly ChunkClock _clock;
    private readonly MessageReader _reader;
    private int _bomBytes;

    public BodyParser(AnswerKind kind, ChunkClock clock)
        : this(kind, clock, new MessageReader())
    {
    }

    private BodyParser(AnswerKind kind, ChunkClock clock, MessageReader reader)
        : base(new AnswerFacts(reader.Draft), clock)
    {
        _kind = kind;
        _clock = clock;
        _reader = reader;
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private protected override void Parse(ReadOnlySpan<byte> bytes)
    {
        Facts.FirstEvent ??= _clock.Elapsed;
        while (_bomBytes < ByteOrderMark.Length && !bytes.IsEmpty && bytes[0] == ByteOrderMark[_bomBytes] && !_reader.HasBegun)
        {
            _bomBytes++;
            bytes = bytes[1..];
        }

        Tap?.OnData(bytes);
        _reader.Feed(bytes);
        Conclude();
    }

    private protected override void Finish()
    {
        Tap?.OnDocument();
        if (!_reader.IsDone && !_reader.HasFailed)
        {
            Facts.Faults |= AnswerFaults.IncompleteJson;
        }
    }

    private void Conclude()
    {
        Facts.IsComplete = _reader.IsDone;
        Facts.OutputIsFinal = _kind == AnswerKind.MessageBody && _reader.Draft.Counts[MessageShape.Field.Output] is not null;
        if (_reader.HasFailed)
        {
            Facts.Faults |= AnswerFaults.MalformedJson;
        }
    }
}
