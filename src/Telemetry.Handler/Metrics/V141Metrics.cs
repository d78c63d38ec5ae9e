using System.Diagnostics;
using System.Diagnostics.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Metrics;

/// <summary>The client metrics of the conventions' version 1.41.</summary>
/// <param name="meter">The meter.</param>
internal sealed class V141Metrics(Meter meter)
{
    private readonly Histogram<long> _usage = meter.CreateHistogram(
        MetricNames.TokenUsage, "{token}", "Number of input and output tokens used", tags: null, Buckets.Tokens);

    private readonly Histogram<double> _duration = meter.CreateHistogram(
        MetricNames.OperationDuration, "s", "Duration of the operation", tags: null, Buckets.Seconds);

    private readonly Histogram<double> _firstChunk = meter.CreateHistogram(
        MetricNames.OperationTimeToFirstChunk, "s", "Time until the first chunk of a streamed answer", tags: null, Buckets.Seconds);

    /// <summary>The time between pieces of output, recorded while they arrive.</summary>
    public Histogram<double> PerChunk { get; } = meter.CreateHistogram(
        MetricNames.OperationTimePerOutputChunk, "s", "Time between pieces of a streamed answer", tags: null, Buckets.Seconds);

    public bool IsEnabled => _usage.Enabled || _duration.Enabled || _firstChunk.Enabled;

    public void Record(in CallEnd end, in TagList common)
    {
        var record = end.Record;
        RecordTokens(TagValues.Input, record.Usage?.InputTokens is null ? null : record.Usage.TotalInputTokens, common);
        RecordTokens(TagValues.Output, end.OutputTokensTold, common);
        if (record.IsStream && record.Timing.FirstContent is { } first)
        {
            _firstChunk.Record((end.Operation.Before + first).TotalSeconds, common);
        }

        var tags = common;
        CommonTags.Add(ref tags, SemanticTags.ErrorType, ErrorTypes.Of(record));
        _duration.Record(end.OperationDuration.TotalSeconds, tags);
    }

    private void RecordTokens(string type, long? tokens, in TagList common)
    {
        if (tokens is { } known)
        {
            var tags = common;
            tags.Add(GenAi.TokenType, type);
            _usage.Record(known, tags);
        }
    }
}
