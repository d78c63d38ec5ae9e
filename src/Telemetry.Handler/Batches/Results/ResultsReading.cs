using System.Security.Cryptography;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Streaming;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Batches.Results;

/// <summary>One reading of a batch's results: each becomes a record, which is in the ledger when the caller has read the end.</summary>
internal sealed class ResultsReading : IResultSink
{
    private readonly ResultContext _context;
    private readonly IBulkWriter? _writer;
    private readonly ResultAssembler _assembler;
    private readonly CustomIds _names = new();
    private long _repeated;

    /// <param name="context">What the results have in common.</param>
    /// <param name="ledger">Where they go; null for nowhere.</param>
    /// <param name="clock">The clock of the attempt.</param>
    public ResultsReading(ResultContext context, ICallLedger? ledger, ChunkClock clock)
    {
        Span<byte> random = stackalloc byte[CallId.ByteCount];
        RandomNumberGenerator.Fill(random);
        _context = context;
        _writer = ledger?.BeginBulk();
        _assembler = new ResultAssembler(context, CallId.FromBytes(random).Value);
        Parser = new ResultsParser(clock, this);
    }

    /// <summary>Reads the answer.</summary>
    public ResultsParser Parser { get; }

    /// <summary>Completes when all results that were read are durable, or at the ledger's bound.</summary>
    public async ValueTask CompleteAsync()
    {
        if (_writer is not null)
        {
            Tell(await _writer.CompleteAsync().ConfigureAwait(false));
        }
    }

    /// <summary>The same for callers that cannot await.</summary>
    public void Complete()
    {
        if (_writer is not null)
        {
            Tell(_writer.Complete());
        }
    }

    bool IResultSink.Take(ResultLine line, long size)
    {
        // A message's own id tells readings of it apart as well; nothing else could be recognised when it is read again.
        if ((line.CustomId ?? line.Document[Field.Id]) is not { } name)
        {
            return false;
        }

        if (_names.IsRepeated(name))
        {
            _repeated++;
            Parser.Facts.Faults |= AnswerFaults.DuplicateCustomId;
            return true;
        }

        _writer?.Add(_assembler.Assemble(line, name, size));
        return true;
    }

    private void Tell(WriteOutcome outcome)
    {
        if (Parser.MalformedLines + _repeated > 0)
        {
            HandlerEventSource.Log.ResultsLeftOut(_context.BatchId, Parser.MalformedLines, _repeated);
        }

        if (outcome == WriteOutcome.Lost)
        {
            HandlerEventSource.Log.LedgerLost(_context.BatchId);
        }
    }
}
