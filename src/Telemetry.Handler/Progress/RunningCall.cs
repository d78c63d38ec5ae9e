using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Names;
using Telemetry.Handler.Recording;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Progress;

/// <summary>
/// One streamed answer while it arrives: tells how far it has come, at most once an interval, and decides when it is stopped.
/// It looks only when bytes come; there is no timer.
/// </summary>
internal sealed class RunningCall
{
    private readonly ProgressSettings _settings;
    private readonly CallSketch _sketch;
    private readonly InferenceSpan? _span;
    private readonly PriceBook _prices;
    private readonly TimeProvider _time;
    private readonly NanoUsd? _limit;
    private readonly RunningOutput _output;
    private RunningPrice _price;
    private long? _toldTimestamp;
    private long _toldTokens;
    private bool _toldMeasured;
    private CallProgress? _pending;

    private RunningCall(ProgressSettings settings, CallSketch sketch, InferenceSpan? span, PriceBook prices, TimeProvider time)
    {
        (_settings, _sketch, _span, _prices, _time) = (settings, sketch, span, prices, time);
        _limit = sketch.Labels.MaxCost ?? settings.MaxCost;
        _output = new RunningOutput(sketch);
    }

    /// <summary>What the caller's next read throws; null while the answer goes on.</summary>
    public CostLimitExceededException? Stop { get; private set; }

    /// <summary>Is shown the output.</summary>
    public IOutputSink Output => _output;

    /// <summary>Begins to watch an answer.</summary>
    /// <returns>Null where nobody wants it, or the answer is no stream.</returns>
    public static RunningCall? TryBegin(ProgressSettings settings, CallSketch sketch, InferenceSpan? span, PriceBook prices, TimeProvider time) =>
        sketch.IsStreamAnswer && TagValues.IsInference(sketch.Endpoint.Operation)
            && (settings.OnProgress ?? (object?)sketch.Labels.MaxCost ?? settings.MaxCost) is not null
                ? new RunningCall(settings, sketch, span, prices, time)
                : null;

    /// <summary>Bytes were parsed, before their caller gets them.</summary>
    /// <param name="timestamp">When they came.</param>
    public void Look(long timestamp)
    {
        if (Stop is null && _sketch.Facts is { } facts && (facts.SawMessageStart || facts.Deltas > 0))
        {
            LookAt(facts, timestamp);
        }
    }

    /// <summary>Tells the application what the last look found; no lock is held.</summary>
    public void Tell()
    {
        if (_pending is { } progress)
        {
            _pending = null;
            Quietly.Run("progress callback", (call: this, progress), static s => s.call._settings.OnProgress?.Invoke(s.progress));
        }
    }

    /// <summary>There is no more to come.</summary>
    public void End()
    {
        _output.Release();
        _sketch.CountedOutput = _output.Tokens;
    }

    private void LookAt(AnswerFacts facts, long timestamp)
    {
        if (_output.HasNewUsage)
        {
            _price = RunningPrice.Of(_sketch, _prices);
            _output.SeeUsage(facts.Model ?? _sketch.ModelAlias ?? _sketch.ModelRequested);
        }

        // What is written already is billed whether it is read or not.
        var isWritten = facts.OutputIsFinal || facts.IsComplete;
        if (!isWritten && _limit is { } limit && _price.At(_output.MostTokens) > limit && _price.At(_output.Tokens) > limit)
        {
            var last = Snapshot(facts, timestamp);
            _sketch.CostLimit = limit;
            Stop = new CostLimitExceededException(last, limit);
            Show(last, timestamp);
        }
        else if (IsDue(facts, timestamp))
        {
            Show(Snapshot(facts, timestamp), timestamp);
        }
    }

    private bool IsDue(AnswerFacts facts, long timestamp)
    {
        if (facts.OutputIsFinal)
        {
            return !_toldMeasured;
        }

        return _toldTimestamp is not { } told
            || (_time.GetElapsedTime(told, timestamp) >= _settings.Interval && _output.Tokens != _toldTokens);
    }

    private void Show(CallProgress progress, long timestamp)
    {
        _toldTimestamp = timestamp;
        _toldTokens = progress.OutputTokens;
        _toldMeasured = progress.IsMeasured;
        _span?.Show(progress.OutputTokens, progress.Cost);
        _pending = _settings.OnProgress is null ? null : progress;
    }

    private CallProgress Snapshot(AnswerFacts facts, long timestamp)
    {
        var tokens = _output.Tokens;
        return new CallProgress
        {
            Id = _sketch.Id,
            Labels = _sketch.Labels.Labels,
            Model = facts.Model ?? _sketch.ModelRequested,
            Elapsed = _time.GetElapsedTime(_sketch.StartTimestamp, timestamp),
            InputTokens = _price.InputTokens,
            OutputTokens = tokens,
            Cost = _price.At(tokens),
            MaxCost = _limit,
            IsMeasured = facts.OutputIsFinal,
            HasHiddenThinking = facts.HiddenThinking,
        };
    }
}
