using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Messages;

/// <summary>
/// Parses one answer in passing, from whatever pieces its bytes arrive in. Its memory is bounded whatever comes, and it never
/// throws. Not for several threads at a time.
/// </summary>
internal abstract class AnswerParser
{
    /// <summary>Real answers are far smaller decoded; together with the ratio this stops decompression bombs.</summary>
    private const long LargestDecoded = 64 << 20;
    private const int LargestDecodedRatio = 200;
    private const int DecodedPiece = 4096;

    private readonly ChunkClock _clock;
    private BodyDecoder? _decoder;
    private byte[]? _decoded;
    private long _bytesIn;
    private long _bytesDecoded;
    private bool _stopped;
    private bool _completed;

    private protected AnswerParser(AnswerFacts facts, ChunkClock clock)
    {
        Facts = facts;
        _clock = clock;
    }

    /// <summary>What is known so far.</summary>
    public AnswerFacts Facts { get; }

    /// <summary>Is shown the documents; null when nobody wants them.</summary>
    public IAnswerTap? Tap
    {
        private protected get;
        set
        {
            field = value;
            Show(value);
        }
    }

    /// <summary>Is shown what the model writes into a stream; null when nobody wants it.</summary>
    public IOutputSink? Output
    {
        private protected get;
        set
        {
            field = value;
            ShowOutput(value);
        }
    }

    /// <summary>Makes the parser for an answer.</summary>
    /// <param name="kind">What the answer is.</param>
    /// <param name="contentEncoding">The value of <c>Content-Encoding</c> that is left on the answer.</param>
    /// <param name="time">The clock of <paramref name="startTimestamp"/>; asked at most once for each chunk.</param>
    /// <param name="startTimestamp">When the attempt began.</param>
    /// <param name="milestones">Is told of milestones; null when nobody wants them.</param>
    public static AnswerParser Create(
        AnswerKind kind, string? contentEncoding, TimeProvider time, long startTimestamp, IMilestoneSink? milestones)
    {
        var clock = new ChunkClock(time, startTimestamp);
        AnswerParser parser = kind switch
        {
            AnswerKind.MessageStream => new StreamParser(clock, milestones),
            AnswerKind.EventStream => new EventStreamParser(clock, milestones),
            AnswerKind.Unparsed or AnswerKind.Page => new Nothing(clock),
            _ => new BodyParser(kind, clock),
        };
        return parser.Decoding(contentEncoding);
    }

    /// <summary>Sets the encoding that is left on the answer, before its first bytes.</summary>
    /// <param name="contentEncoding">The value of <c>Content-Encoding</c>.</param>
    /// <returns>This parser.</returns>
    public AnswerParser Decoding(string? contentEncoding)
    {
        Encode(contentEncoding);
        return this;
    }

    /// <summary>Takes bytes as the caller gets them.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_stopped || bytes.IsEmpty)
        {
            return;
        }

        _clock.NextChunk();
        if (!Quietly.Run("parse", new Piece(this, bytes), static piece => piece.Parser.Take(piece.Bytes)))
        {
            Stop(AnswerFaults.ParserFailed);
        }
    }

    /// <summary>There are no more bytes. What is not whole now is a fault; more calls do nothing.</summary>
    public void Complete()
    {
        if (_completed)
        {
            return;
        }

        _completed = true;
        var isParsed = (Facts.Faults & (AnswerFaults.UnsupportedEncoding | AnswerFaults.ParserFailed)) == AnswerFaults.None;
        if (isParsed && !Quietly.Run("parse end", this, static parser => parser.Finish()))
        {
            Stop(AnswerFaults.ParserFailed);
        }

        Stop(AnswerFaults.None);
    }

    /// <summary>Tells whoever reads the documents to whom they are shown.</summary>
    private protected virtual void Show(IAnswerTap? tap)
    {
        // A parser that reads them itself asks for the tap when it needs it.
    }

    /// <summary>Tells whoever reads the events of a stream to whom its output is shown.</summary>
    private protected virtual void ShowOutput(IOutputSink? output)
    {
        // What comes whole does not grow.
    }

    /// <summary>Parses bytes without any encoding.</summary>
    private protected abstract void Parse(ReadOnlySpan<byte> bytes);

    /// <summary>Draws the conclusions of the end.</summary>
    private protected abstract void Finish();

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_decoder is null)
        {
            Parse(bytes);
        }
        else
        {
            Decode(_decoder, bytes);
        }
    }

    private void Encode(string? contentEncoding)
    {
        if (BodyDecoder.IsIdentity(contentEncoding))
        {
            return;
        }

        _decoder = BodyDecoder.Create(contentEncoding ?? "");
        if (_decoder is null)
        {
            Stop(AnswerFaults.UnsupportedEncoding);
        }
    }

    private void Decode(BodyDecoder decoder, ReadOnlySpan<byte> bytes)
    {
        _decoded ??= new byte[DecodedPiece];
        _bytesIn += bytes.Length;
        while (true)
        {
            var length = decoder.Decode(ref bytes, _decoded);
            if (length == BodyDecoder.Corrupt)
            {
                Stop(AnswerFaults.CorruptEncoding);
                return;
            }

            if (length == 0)
            {
                return;
            }

            _bytesDecoded += length;
            if (_bytesDecoded > LargestDecoded && _bytesDecoded / LargestDecodedRatio > _bytesIn)
            {
                Stop(AnswerFaults.DecodedTooLarge);
                return;
            }

            Parse(_decoded.AsSpan(0, length));
        }
    }

    private void Stop(AnswerFaults fault)
    {
        Facts.Faults |= fault;
        _stopped = true;
        _decoder?.Dispose();
        _decoder = null;
    }

    private readonly ref struct Piece(AnswerParser parser, ReadOnlySpan<byte> bytes)
    {
        public AnswerParser Parser { get; } = parser;

        public ReadOnlySpan<byte> Bytes { get; } = bytes;
    }

    private sealed class Nothing(ChunkClock clock) : AnswerParser(new AnswerFacts(new MessageDraft()), clock)
    {
        private protected override void Parse(ReadOnlySpan<byte> bytes)
        {
            // Only the bytes pass.
        }

        private protected override void Finish()
        {
            // There is nothing to conclude.
        }
    }
}
