using System.Net.Http.Headers;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Spans;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Observing;

/// <summary>Sees the answer while the caller reads it, and finishes the attempt at its end.</summary>
internal sealed class AnswerObserver : IResponseObserver
{
    private readonly CallSettings _settings;
    private readonly CallSketch _sketch;
    private readonly CallSpan? _span;
    private readonly CallTicket _ticket;
    private readonly CallFinish _finish;
    private readonly AnswerParser _parser;
    private readonly ChunkClock _chunks;
    private bool _isNoted;
    private bool _isWriting;
    private int _hasEnded;

    public AnswerObserver(
        CallSettings settings,
        CallSketch sketch,
        CallSpan? span,
        CallTicket ticket,
        HttpContentHeaders headers)
    {
        _settings = settings;
        _sketch = sketch;
        _span = span;
        _ticket = ticket;
        _finish = new CallFinish(settings, sketch, span, ticket);
        _chunks = new ChunkClock(settings.Time, sketch.StartTimestamp);
        _parser = AnswerParser.Create(
            sketch.AnswerKind,
            headers.ContentEncoding.Count == 0 ? null : headers.ContentEncoding.ToString(),
            settings.Time,
            sketch.StartTimestamp,
            span);
        sketch.Parser = _parser;
        sketch.Chunks = _chunks;
    }

    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        var gap = _chunks.Note(bytes.Length);
        if (gap >= _settings.StallThreshold)
        {
            _span?.Stall(gap);
        }

        _parser.Feed(bytes);
        var facts = _parser.Facts;
        if (facts.IsComplete && !_isWriting)
        {
            _isWriting = true;
            _finish.BeginWrite(EndingJudge.OfResponse(_sketch, TransferEnd.Eof, null));
        }
        else if (facts.SawMessageStart && !_isNoted)
        {
            _isNoted = true;
            _settings.Ledger?.Update(_ticket, RecordAssembler.InFlight(_sketch));
        }
    }

    public async ValueTask OnEndAsync(TransferEnd end, Exception? error)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        try
        {
            _parser.Complete();
            await _finish.WriteAsync(EndingJudge.OfResponse(_sketch, end, error)).ConfigureAwait(false);
        }
        catch (Exception exception) when (Quietly.Swallow(exception))
        {
            // The caller has its bytes; the failure is counted.
        }
    }

    public void OnEnd(TransferEnd end, Exception? error)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        try
        {
            _parser.Complete();
            _finish.Write(EndingJudge.OfResponse(_sketch, end, error));
        }
        catch (Exception exception) when (Quietly.Swallow(exception))
        {
            // The caller has its bytes; the failure is counted.
        }
    }
}
