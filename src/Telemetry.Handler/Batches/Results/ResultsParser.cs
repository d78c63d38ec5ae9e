using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Batches.Results;

/// <summary>
/// Parses the results of a batch, one JSON object a line, and hands on each result at the end of its line. A line that is none is
/// counted, and the next one is read. Its memory does not depend on the number of lines nor on their length.
/// </summary>
internal sealed class ResultsParser : AnswerParser
{
    private const byte NewLine = (byte)'\n';

    private readonly IResultSink _sink;
    private readonly ChunkClock _clock;
    private readonly ResultLine _line = new();
    private long _size;
    private int _bomBytes;

    /// <param name="clock">The clock of the attempt.</param>
    /// <param name="sink">Takes the results.</param>
    public ResultsParser(ChunkClock clock, IResultSink sink)
        : base(new AnswerFacts(new MessageDraft()), clock)
    {
        _sink = sink;
        _clock = clock;
    }

    /// <summary>The lines that hold no result.</summary>
    public long MalformedLines { get; private set; }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private protected override void Parse(ReadOnlySpan<byte> bytes)
    {
        Facts.FirstEvent ??= _clock.Elapsed;
        bytes = WithoutMark(bytes);
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf(NewLine);
            var part = end < 0 ? bytes : bytes[..end];
            _line.Feed(part);
            _size += part.Length;
            if (end < 0)
            {
                return;
            }

            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    // The last line may have no end. Whether a part of a line is a fault or just where the caller stopped, only the end tells.
    private protected override void Finish()
    {
        if (_line.IsWhole || _line.HasFailed)
        {
            EndLine();
        }
        else if (_line.HasBegun)
        {
            Facts.Faults |= AnswerFaults.IncompleteJson;
        }
    }

    private void EndLine()
    {
        if (_line.HasBegun)
        {
            Facts.Events++;
            if (!Quietly.Run("batch result", this, static parser => parser.TryTell(), otherwise: false))
            {
                MalformedLines++;
                Facts.Faults |= AnswerFaults.MalformedResultLine;
            }
        }

        _line.Reset();
        _size = 0;
    }

    private bool TryTell() => _line.IsWhole && _line.Kind != ResultKind.Unknown && _sink.Take(_line, _size);

    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes)
    {
        while (_bomBytes < ByteOrderMark.Length && !bytes.IsEmpty && bytes[0] == ByteOrderMark[_bomBytes] && !_line.HasBegun && Facts.Events == 0)
        {
            _bomBytes++;
            bytes = bytes[1..];
        }

        return bytes;
    }
}
