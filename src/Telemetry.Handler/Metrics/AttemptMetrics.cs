using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Metrics;

/// <summary>Attempts, their durations and how their streams went; also of calls that create no message.</summary>
/// <param name="meter">The meter.</param>
internal sealed class AttemptMetrics(Meter meter)
{
    private readonly Counter<long> _attempts = meter.CreateCounter<long>(
        MetricNames.Attempts, "{attempt}", "Requests sent, tries after a failure included");

    private readonly Histogram<long> _perOperation = meter.CreateHistogram(
        MetricNames.OperationAttempts, "{attempt}", "Attempts of an operation", tags: null, Buckets.Attempts);

    private readonly Histogram<double> _duration = meter.CreateHistogram(
        MetricNames.Duration, "s", "Duration of an operation until its answer was read, retries included", tags: null, Buckets.LongSeconds);

    private readonly Histogram<double> _retryDelay = meter.CreateHistogram(
        MetricNames.RetryDelay, "s", "Time between a failed attempt and the next", tags: null, Buckets.Seconds);

    private readonly Counter<long> _fallbacks = meter.CreateCounter<long>(
        MetricNames.Fallbacks, "{fallback}", "Times that another model was asked after one had failed or refused");

    private readonly Histogram<double> _firstEvent = meter.CreateHistogram(
        MetricNames.StreamFirstEvent, "s", "Time until a stream's first event", tags: null, Buckets.Seconds);

    private readonly Histogram<double> _maxGap = meter.CreateHistogram(
        MetricNames.StreamMaxGap, "s", "Longest silence within a stream", tags: null, Buckets.Seconds);

    private readonly Counter<long> _ends = meter.CreateCounter<long>(
        MetricNames.StreamEnds, "{stream}", "Streams by how they ended");

    private readonly Counter<long> _stops = meter.CreateCounter<long>(
        MetricNames.StreamStops, "{stream}", "Streams that were stopped at the cost that the application had set");

    private readonly Histogram<double> _estimateError = meter.CreateHistogram(
        MetricNames.EstimateErrorRatio, "1", "How far the estimated input was off", tags: null, Buckets.Error);

    public bool IsEnabled =>
        _attempts.Enabled || _perOperation.Enabled || _duration.Enabled || _firstEvent.Enabled || _maxGap.Enabled || _ends.Enabled
        || _estimateError.Enabled || _retryDelay.Enabled || _fallbacks.Enabled || _stops.Enabled;

    public void Record(in CallEnd end, in TagList common)
    {
        var record = end.Record;
        var error = ErrorTypes.Of(record);
        RecordAttempt(end, error, common);

        RecordRetry(end, common);
        RecordOperation(end, error, common);
        if (record.IsStream)
        {
            RecordStream(record, common);
        }

        if (end.CostLimit is not null)
        {
            _stops.Add(1, common);
        }

        if (CostTags.ErrorRatio(record) is { } ratio && _estimateError.Enabled)
        {
            var tags = common;
            CommonTags.Add(ref tags, CostLedgerTags.EstimateTokenizer, record.Estimate?.Tokenizer);
            _estimateError.Record(ratio, tags);
        }
    }

    private void RecordAttempt(in CallEnd end, string? error, in TagList common)
    {
        var record = end.Record;
        if (_attempts.Enabled)
        {
            var tags = common;
            tags.Add(CostLedgerTags.AttemptOutcome, record.Outcome.Name());
            CommonTags.Add(ref tags, SemanticTags.ErrorType, error);
            if (record.HttpStatus is { } status)
            {
                tags.Add(SemanticTags.HttpResponseStatusCode, status);
            }

            if (record.Attempt > 1)
            {
                tags.Add(CostLedgerTags.RetrySource, AttemptTags.Name(end.Attempt.Source));
            }

            _attempts.Add(1, tags);
        }
    }

    private void RecordOperation(in CallEnd end, string? error, in TagList common)
    {
        if (end.Operation.End == OperationEnd.No)
        {
            return;
        }

        var tags = common;
        CommonTags.Add(ref tags, SemanticTags.ErrorType, error);
        tags.Add(CostLedgerTags.Stream, end.Record.IsStream);
        _duration.Record(end.OperationDuration.TotalSeconds, tags);

        // How many it took is not known where another may follow.
        if (end.Operation.End == OperationEnd.Yes)
        {
            _perOperation.Record(end.Record.Attempt, common);
        }
    }

    private void RecordRetry(in CallEnd end, in TagList common)
    {
        if (end.Attempt is { Delay: { } delay, PreviousFailure: { } failure } && _retryDelay.Enabled)
        {
            var tags = common;
            tags.Add(CostLedgerTags.RetryReason, failure);
            _retryDelay.Record(delay.TotalSeconds, tags);
        }

        if (_fallbacks.Enabled && end.Fallback is var (from, to, reason))
        {
            var tags = common;
            tags.Add(CostLedgerTags.FallbackFromModel, from);
            CommonTags.Add(ref tags, CostLedgerTags.FallbackToModel, to);
            tags.Add(CostLedgerTags.FallbackReason, reason);
            _fallbacks.Add(1, tags);
        }
    }

    private void RecordStream(CallRecord record, in TagList common)
    {
        if (record.Timing.FirstEvent is { } first)
        {
            _firstEvent.Record(first.TotalSeconds, common);
        }

        if (record.Timing.LongestGap is { } gap)
        {
            _maxGap.Record(gap.TotalSeconds, common);
        }

        if (record.StreamEnd is { } streamEnd)
        {
            var tags = common;
            tags.Add(CostLedgerTags.StreamEnd, streamEnd.Name());
            _ends.Add(1, tags);
        }
    }
}
