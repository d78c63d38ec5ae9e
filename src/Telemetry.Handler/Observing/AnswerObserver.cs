using System.Net.Http.Headers;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Batches;
using Telemetry.Handler.Batches.Results;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Observing;

/// <summary>Sees the answer while the caller reads it, and finishes the attempt at its end.</summary>
#pragma warning disable CA1001 // The watch is disposed of at the end of the answer, which is this class's own disposal.
internal sealed class AnswerObserver : IResponseObserver, IMilestoneSink
#pragma warning restore CA1001
{
    private const string ToolUse = "tool_use";
    private const string ServerToolUse = "server_tool_use";

    private readonly CallSettings _settings;
    private readonly CallSketch _sketch;
    private readonly InferenceSpan? _span;
    private readonly CallTicket _ticket;
    private readonly CallFinish _finish;
    private readonly ResultsReading? _results;
    private readonly AnswerParser _parser;
    private readonly TransferWatch _chunks;
    private bool _isNoted;
    private readonly DropWatch _dropWatch;
    private int _hasEnded;

    public AnswerObserver(
        CallSettings settings,
        CallSketch sketch,
        InferenceSpan? span,
        CallTicket ticket,
        HttpContentHeaders headers)
    {
        _settings = settings;
        _sketch = sketch;
        _span = span;
        _ticket = ticket;
        _finish = new CallFinish(settings, sketch, span, ticket);
        _chunks = new TransferWatch(settings.Time, sketch.StartTimestamp);
        _results = ResultsOf(settings, sketch);
        _parser = NewParser(headers.ContentEncoding.Count == 0 ? null : headers.ContentEncoding.ToString());
        _dropWatch = new DropWatch(this);
        sketch.Parser = _parser;
        sketch.Chunks = _chunks;
    }

    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        var gap = _chunks.Note(bytes.Length);
        if (gap >= MilestoneEvents.StallAfter)
        {
            _span?.Events.Gap(_settings.Time.GetElapsedTime(_sketch.StartTimestamp), gap);
        }

        _parser.Feed(bytes);
        var facts = _parser.Facts;
        if (facts.SawMessageStart && !_isNoted && !facts.IsComplete)
        {
            _isNoted = true;
            Quietly.Run("note", this, static o => o._settings.Ledger?.Update(o._ticket, RecordAssembler.InFlight(o._sketch)));
        }
    }

    public void OnMilestone(Milestone kind, int index, string? blockType, long timestamp)
    {
        if (kind == Milestone.ContentBlockStart && blockType is ToolUse or ServerToolUse)
        {
            _sketch.ToolCalls++;
        }

        if (_span is not { } span)
        {
            return;
        }

        var at = _settings.Time.GetElapsedTime(_sketch.StartTimestamp, timestamp);
        switch (kind)
        {
            case Milestone.ContentBlockStart:
                span.Events.ContentBlock(at, index, blockType);
                break;
            case Milestone.Error:
                span.Events.Error(at, _parser.Facts.ErrorType);
                break;
            default:
                span.Events.Reached(NameOf(kind), at);
                break;
        }
    }

    public async ValueTask OnEndAsync(TransferEnd end, Exception? error)
    {
        if (TryEnd())
        {
            await Quietly.RunAsync("finish", (observer: this, end, error), static s => s.observer.FinishAsync(s.end, s.error)).ConfigureAwait(false);
        }
    }

    public void OnEnd(TransferEnd end, Exception? error)
    {
        if (TryEnd())
        {
            Quietly.Run("finish", (observer: this, end, error), static s => s.observer.Finish(s.end, s.error));
        }
    }

    private bool TryEnd()
    {
        _dropWatch.Dispose();
        return Interlocked.Exchange(ref _hasEnded, 1) == 0;
    }

    private static string NameOf(Milestone kind) => kind switch
    {
        Milestone.MessageStart => SpanEvents.MessageStart,
        Milestone.FirstContent => SpanEvents.FirstContent,
        Milestone.MessageDelta => SpanEvents.MessageDelta,
        _ => SpanEvents.MessageStop,
    };

    private static ResultsReading? ResultsOf(CallSettings settings, CallSketch sketch)
    {
        if (sketch is not { AnswerKind: AnswerKind.BatchResults, BatchId: { } batch })
        {
            return null;
        }

        var context = new ResultContext
        {
            Endpoint = sketch.Endpoint,
            BatchId = batch,
            At = settings.Batches.EndOf(batch, otherwise: sketch.Id.Time),
            ModelRequested = settings.Batches.ModelOf(batch),
            Labels = sketch.Labels.Labels,
            Prices = settings.Prices,
        };
        return new ResultsReading(context, settings.Ledger, new ChunkClock(settings.Time, sketch.StartTimestamp));
    }

    private AnswerParser NewParser(string? encoding) => _sketch.AnswerKind switch
    {
        AnswerKind.Batch => new BatchParser(new ChunkClock(_settings.Time, _sketch.StartTimestamp), _settings.Batches).Decoding(encoding),
        AnswerKind.BatchResults when _results is { } results => results.Parser.Decoding(encoding),
        var kind => AnswerParser.Create(kind, encoding, _settings.Time, _sketch.StartTimestamp, this),
    };

    private async ValueTask FinishAsync(TransferEnd end, Exception? error)
    {
        CompleteAnswer();
        if (_results is { } results)
        {
            await Quietly.RunAsync("batch results", results, static r => r.CompleteAsync()).ConfigureAwait(false);
        }

        await _finish.WriteAsync(EndingJudge.OfResponse(_sketch, end, error)).ConfigureAwait(false);
    }

    private void Finish(TransferEnd end, Exception? error)
    {
        CompleteAnswer();
        if (_results is { } results)
        {
            Quietly.Run("batch results", results, static r => r.Complete());
        }

        _finish.Write(EndingJudge.OfResponse(_sketch, end, error));
    }

    private void CompleteAnswer()
    {
        _parser.Complete();
        if (_parser is BatchParser { Batch: { } batch }
            && (_sketch.Endpoint.Operation == Operation.BatchCreate || string.Equals(batch.Id, _sketch.BatchId, StringComparison.Ordinal)))
        {
            _sketch.BatchId = batch.Id;
            _sketch.BatchRequests = batch.Requests;
            if (_sketch.BatchModel is { } model)
            {
                _settings.Batches.Created(batch.Id, model);
            }
        }
    }
}
