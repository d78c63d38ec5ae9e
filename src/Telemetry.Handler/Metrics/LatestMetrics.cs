using System.Diagnostics;
using System.Diagnostics.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Metrics;

/// <summary>The client metrics of the conventions after version 1.41: counters for tokens, and other names.</summary>
/// <param name="meter">The meter.</param>
internal sealed class LatestMetrics(Meter meter)
{
    private const string Ttl5m = "5m";
    private const string Ttl1h = "1h";

    private readonly Counter<long> _input = meter.CreateCounter<long>(
        MetricNames.InferenceInputTokens, "{token}", "Input tokens, those read from and written to a cache included");

    private readonly Counter<long> _output = meter.CreateCounter<long>(
        MetricNames.InferenceOutputTokens, "{token}", "Output tokens, thinking included");

    private readonly Counter<long> _cacheRead = meter.CreateCounter<long>(
        MetricNames.InferenceCacheReadTokens, "{token}", "Input tokens read from a cache");

    private readonly Counter<long> _cacheWrite = meter.CreateCounter<long>(
        MetricNames.InferenceCacheWriteTokens, "{token}", "Input tokens written to a cache");

    private readonly Counter<long> _reasoning = meter.CreateCounter<long>(
        MetricNames.InferenceReasoningTokens, "{token}", "Output tokens of thinking");

    private readonly Histogram<long> _operationInput = meter.CreateHistogram(
        MetricNames.InferenceOperationInputTokens, "{token}", "Input tokens of an operation", tags: null, Buckets.Tokens);

    private readonly Histogram<long> _operationOutput = meter.CreateHistogram(
        MetricNames.InferenceOperationOutputTokens, "{token}", "Output tokens of an operation", tags: null, Buckets.Tokens);

    private readonly Histogram<double> _duration = meter.CreateHistogram(
        MetricNames.InferenceDuration, "s", "Duration of the inference", tags: null, Buckets.Seconds);

    private readonly Histogram<double> _firstChunk = meter.CreateHistogram(
        MetricNames.InferenceTimeToFirstChunk, "s", "Time until the first chunk of a streamed answer", tags: null, Buckets.Seconds);

    /// <summary>The time between pieces of output, recorded while they arrive.</summary>
    public Histogram<double> PerChunk { get; } = meter.CreateHistogram(
        MetricNames.InferenceTimePerOutputChunk, "s", "Time between pieces of a streamed answer", tags: null, Buckets.Seconds);

    public bool IsEnabled =>
        _input.Enabled || _output.Enabled || _cacheRead.Enabled || _cacheWrite.Enabled || _reasoning.Enabled
        || _operationInput.Enabled || _operationOutput.Enabled || _duration.Enabled || _firstChunk.Enabled;

    public void Record(in CallEnd end, in TagList common)
    {
        var record = end.Record;
        RecordCounters(end, common);

        var tags = common;
        CommonTags.Add(ref tags, SemanticTags.ErrorType, ErrorTypes.Of(record));
        _operationInput.Record(record.Usage?.TotalInputTokens ?? 0, tags);
        _operationOutput.Record(end.OutputTokensTold ?? 0, tags);
        _duration.Record(end.OperationDuration.TotalSeconds, tags);
        if (record.IsStream && record.Timing.FirstContent is { } first)
        {
            _firstChunk.Record((end.Operation.Before + first).TotalSeconds, common);
        }
    }

    // The API does not divide its counts by modality. Failed calls count as zero, so that their series exist.
    private void RecordCounters(in CallEnd end, in TagList common)
    {
        var usage = end.Record.Usage;
        var tags = common;
        tags.Add(GenAi.TokenModality, TagValues.Unknown);
        _input.Add(usage?.TotalInputTokens ?? 0, tags);
        _output.Add(end.OutputTokensTold ?? 0, tags);
        AddKnown(_cacheRead, usage?.CacheReadInputTokens, tags);
        AddKnown(_reasoning, usage?.ThinkingTokens, tags);

        var (fiveMinutes, oneHour) = CacheMetrics.WritesOf(usage);
        AddWrite(fiveMinutes, Ttl5m, tags);
        AddWrite(oneHour, Ttl1h, tags);
    }

    private void AddWrite(long tokens, string ttl, TagList tags)
    {
        if (tokens > 0)
        {
            tags.Add(CostLedgerTags.CacheTtl, ttl);
            _cacheWrite.Add(tokens, tags);
        }
    }

    private static void AddKnown(Counter<long> counter, long? tokens, in TagList tags)
    {
        if (tokens is { } known)
        {
            counter.Add(known, tags);
        }
    }
}
