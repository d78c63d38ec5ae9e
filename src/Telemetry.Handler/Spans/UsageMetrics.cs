using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;

namespace Telemetry.Handler.Spans;

/// <summary>The instruments of the GenAI conventions, of the version that is asked for.</summary>
internal sealed class UsageMetrics
{
    private const string ModalityUnknown = "unknown";

    private readonly Histogram<long> _tokenUsage;
    private readonly Histogram<double> _operationDuration;
    private readonly Histogram<double> _timeToFirstChunk;
    private readonly Counter<long> _input;
    private readonly Counter<long> _output;
    private readonly Counter<long> _cacheRead;
    private readonly Counter<long> _cacheWrite;
    private readonly Counter<long> _reasoning;
    private readonly Histogram<long> _operationInput;
    private readonly Histogram<long> _operationOutput;
    private readonly Histogram<double> _inferenceDuration;
    private readonly Histogram<double> _inferenceFirstChunk;

    public UsageMetrics(Meter meter)
    {
        _tokenUsage = Tokens(meter, MetricNames.TokenUsage, "Tokens of an operation: the whole input, or the output.");
        _operationDuration = CallMetrics.Seconds(meter, MetricNames.OperationDuration, "The duration of an operation.", MetricNames.SecondsBuckets);
        _timeToFirstChunk = CallMetrics.Seconds(meter, MetricNames.TimeToFirstChunk, "The time to the first content of a stream.", MetricNames.SecondsBuckets);
        _input = Counter(meter, MetricNames.InferenceInputTokens, "Input tokens, all classes.");
        _output = Counter(meter, MetricNames.InferenceOutputTokens, "Output tokens.");
        _cacheRead = Counter(meter, MetricNames.InferenceCacheRead, "Input tokens read from the cache.");
        _cacheWrite = Counter(meter, MetricNames.InferenceCacheWrite, "Input tokens written to the cache.");
        _reasoning = Counter(meter, MetricNames.InferenceReasoning, "Output tokens that were thinking.");
        _operationInput = Tokens(meter, MetricNames.InferenceOperationInput, "Input tokens of an operation.");
        _operationOutput = Tokens(meter, MetricNames.InferenceOperationOutput, "Output tokens of an operation.");
        _inferenceDuration = CallMetrics.Seconds(meter, MetricNames.InferenceDuration, "The duration of an inference.", MetricNames.SecondsBuckets);
        _inferenceFirstChunk = CallMetrics.Seconds(meter, MetricNames.InferenceTimeToFirstChunk, "The time to the first content of a stream.", MetricNames.SecondsBuckets);
    }

    public void Record(CallRecord record, GenAiConventions conventions)
    {
        if (conventions != GenAiConventions.Latest && (_tokenUsage.Enabled || _operationDuration.Enabled || _timeToFirstChunk.Enabled))
        {
            RecordPublished(record);
        }

        if (conventions != GenAiConventions.V141)
        {
            RecordLatest(record);
        }
    }

    private static Histogram<long> Tokens(Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "{token}", description, null, new InstrumentAdvice<long> { HistogramBucketBoundaries = MetricNames.TokenBuckets });

    private static Counter<long> Counter(Meter meter, string name, string description) =>
        meter.CreateCounter<long>(name, "{token}", description);

    private void RecordPublished(CallRecord record)
    {
        var tags = CallMetrics.CommonTags(record);
        if (record.Usage is { InputTokens: not null, TotalInputTokens: { } input })
        {
            var typed = tags;
            typed.Add(GenAiTags.TokenType, "input");
            _tokenUsage.Record(input, typed);
        }

        if (record.Usage?.OutputTokens is { } output)
        {
            var typed = tags;
            typed.Add(GenAiTags.TokenType, "output");
            _tokenUsage.Record(output, typed);
        }

        if (record.Timing.FirstContent is { } first)
        {
            _timeToFirstChunk.Record(first.TotalSeconds, tags);
        }

        CallMetrics.AddIfKnown(ref tags, GenAiTags.ErrorType, record.ErrorType);
        _operationDuration.Record(record.Timing.Total.TotalSeconds, tags);
    }

    private void RecordLatest(CallRecord record)
    {
        var tags = CallMetrics.CommonTags(record);
        var failed = tags;
        CallMetrics.AddIfKnown(ref failed, GenAiTags.ErrorType, record.ErrorType);
        var usage = record.Usage;
        var counted = tags;
        counted.Add(GenAiTags.TokenModality, ModalityUnknown);
        _input.Add(usage?.TotalInputTokens ?? 0, counted);
        _output.Add(usage?.OutputTokens ?? 0, counted);
        _cacheRead.Add(usage?.CacheReadInputTokens ?? 0, counted);
        _reasoning.Add(usage?.ThinkingTokens ?? 0, counted);
        var hour = usage?.CacheCreation1hInputTokens ?? 0;
        AddCacheWrite((usage?.CacheCreationInputTokens ?? 0) - hour, "5m", counted);
        AddCacheWrite(hour, "1h", counted);
        _operationInput.Record(usage?.TotalInputTokens ?? 0, failed);
        _operationOutput.Record(usage?.OutputTokens ?? 0, failed);
        _inferenceDuration.Record(record.Timing.Total.TotalSeconds, failed);
        if (record.Timing.FirstContent is { } first)
        {
            _inferenceFirstChunk.Record(first.TotalSeconds, tags);
        }
    }

    private void AddCacheWrite(long tokens, string lifetime, TagList tags)
    {
        tags.Add(CostLedgerTags.CacheTtl, lifetime);
        _cacheWrite.Add(Math.Max(0, tokens), tags);
    }
}
