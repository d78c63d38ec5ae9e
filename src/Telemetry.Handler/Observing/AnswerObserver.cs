using System.Net.Http.Headers;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Batches;
using Telemetry.Handler.Batches.Results;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Draining;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Progress;
using Telemetry.Handler.Recording;
using Telemetry.Handler.Spans;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Observing;

/// <summary>Sees the answer while the caller reads it, and finishes the attempt at its end.</summary>
#pragma warning disable CA1001 // The watch is disposed of at the end of the answer, which is this class's own disposal.
internal sealed class AnswerObserver : IResponseObserver, IMilestoneSink
#pragma warning restore CA1001
{
    private const string Progress = "progress";
    private const string ToolUse = "tool_use";
    private const string ServerToolUse = "server_tool_use";
    private const string McpToolUse = "mcp_tool_use";
    private const string Fallback = "fallback";

    private readonly CallSettings _settings;
    private readonly CallSketch _sketch;
    private readonly InferenceSpan? _span;
    private readonly CallTicket _ticket;
    private readonly CallFinish _finish;
    private readonly ResultsReading? _results;
    private readonly AnswerParser _parser;
    private readonly TransferWatch _chunks;
    private OutputChunks? _outputChunks;
    private bool _isWatched;
    private bool _isNoted;
    private long _progress;
    private readonly RunningCall? _running;
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
        _parser.Tap = sketch.Content?.Answer;
        _running = Quietly.Run(
            Progress,
            (settings, sketch, span),
            static s => RunningCall.TryBegin(s.settings.Progress, s.sketch, s.span, s.settings.Prices, s.settings.Time),
            otherwise: null);
        _parser.Output = _running?.Output;
        _dropWatch = new DropWatch(this);
        sketch.Parser = _parser;
        sketch.Chunks = _chunks;
        sketch.Parts = sketch.IsStreamAnswer ? new PartsWatch() : null;
    }

    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        var gap = _chunks.Note(bytes.Length);
        if (gap >= PartsWatch.SilenceFrom)
        {
            Gap(gap);
        }

        _parser.Feed(bytes);
        var facts = _parser.Facts;
        if (facts.Events - facts.Pings is var progress && progress != _progress)
        {
            _progress = progress;
            _chunks.NoteProgress();
        }

        if (facts.SawMessageStart && !_isNoted && !facts.IsComplete)
        {
            _isNoted = true;
            Quietly.Run("note", this, static o => o._settings.Ledger?.Update(o._ticket, RecordAssembler.InFlight(o._sketch)));
        }

        if (_settings.ChunkMetrics && facts.Deltas > 0)
        {
            Quietly.Run("output chunks", (observer: this, facts.Deltas), static s => s.observer.WatchChunks(s.Deltas));
        }

        if (_running is { } running)
        {
            Quietly.Run(Progress, (running, _chunks.LastTimestamp), static s => s.running.Look(s.LastTimestamp));
        }
    }

    public void OnHandedOver() => _running?.Tell();

    public Exception? Stop => _running?.Stop;

    public void OnRead() => _chunks.NoteRead();

    public void OnWait() => _chunks.NoteWait();

    /// <summary>Whether counts may come at the end of the answer, and cost no more than was agreed to.</summary>
    public bool WantsRest => _parser.Facts is { IsComplete: false, SawErrorEvent: false }
        && (Stop is null || _sketch.Endpoint.Provider == Provider.Bedrock);

    public void OnLeave() => _sketch.Left = new CallerLeft(_sketch.Transfer(), _sketch.Timing());

    public void OnRest(ReadOnlySpan<byte> bytes)
    {
        _sketch.Left!.DrainedBytes += bytes.Length;
        _parser.Feed(bytes);
    }

    public void OnMilestone(Milestone kind, int index, string? blockType, long timestamp)
    {
        if (kind == Milestone.ContentBlockStart)
        {
            _sketch.ToolCalls += blockType is ToolUse or ServerToolUse ? 1 : 0;
            _sketch.HasServerWork |= blockType is ServerToolUse or McpToolUse or Fallback;
        }

        // What comes after the caller left is not a part of its call.
        if (_sketch.Left is not null)
        {
            return;
        }

        var at = _settings.Time.GetElapsedTime(_sketch.StartTimestamp, timestamp);
        switch (kind)
        {
            case Milestone.ContentBlockStart:
                _sketch.Parts?.Begin(blockType, at);
                break;
            case Milestone.ContentBlockStop or Milestone.MessageStop:
                _sketch.Parts?.End(at);
                break;
            default:
                break;
        }

        _span?.Events.Told(kind, at, kind == Milestone.Error ? _parser.Facts.ErrorType : blockType, index);
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

    private void Gap(TimeSpan gap)
    {
        var now = _settings.Time.GetElapsedTime(_sketch.StartTimestamp, _chunks.LastTimestamp);
        _sketch.Parts?.Silence(now - _chunks.Silence, now);
        _span?.Events.Gap(now, gap);
    }

    // The model that serves, an attribute of the metric, is known by the first piece of its answer.
    private void WatchChunks(long pieces)
    {
        if (!_isWatched)
        {
            _isWatched = true;
            _outputChunks = HandlerTelemetry.WithConventions(_span, _settings.ClientMetrics)
                ? _settings.Telemetry.Calls.WatchChunks(RecordAssembler.InFlight(_sketch), _settings.Time)
                : null;
        }

        _outputChunks?.Saw(pieces);
    }

    private bool TryEnd()
    {
        _dropWatch.Dispose();
        return Interlocked.Exchange(ref _hasEnded, 1) == 0;
    }

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
        _sketch.Failure = error;
        CompleteAnswer();
        if (_results is { } results)
        {
            await Quietly.RunAsync("batch results", results, static r => r.CompleteAsync()).ConfigureAwait(false);
        }

        await _finish.WriteAsync(EndingJudge.OfResponse(_sketch, end, error)).ConfigureAwait(false);
    }

    private void Finish(TransferEnd end, Exception? error)
    {
        _sketch.Failure = error;
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
        if (_running is { } running)
        {
            Quietly.Run(Progress, running, static r => r.End());
        }

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

    /// <summary>
    /// Notices a response that is dropped, neither read nor disposed of: only the garbage collector tells, and its record must not
    /// be lost. Disposed of at every other end.
    /// </summary>
    private sealed class DropWatch(AnswerObserver observer) : IDisposable
    {
#pragma warning disable MA0055 // There is no other sign of a dropped response.
        ~DropWatch()
#pragma warning restore MA0055
        {
            ThreadPool.QueueUserWorkItem(static dropped => dropped.OnEnd(TransferEnd.Disposed, null), observer, preferLocal: false);
        }

        /// <inheritdoc/>
        public void Dispose() => GC.SuppressFinalize(this);
    }
}
