using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Diagnostics;

namespace Telemetry.Handler.Spans;

/// <summary>
/// The instruments. Attributes are few and bounded: no ids, sessions or tags. Nothing is computed for an instrument that
/// nobody listens to.
/// </summary>
internal sealed class CallMetrics
{
    private readonly UsageMetrics _usage;
    private readonly CostMetrics _cost;
    private readonly RateLimitGauges _rateLimits;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _maxGap;
    private readonly Histogram<double> _firstEvent;
    private readonly Counter<long> _streamEnds;

    public CallMetrics(Meter meter)
    {
        _usage = new UsageMetrics(meter);
        _cost = new CostMetrics(meter);
        _rateLimits = new RateLimitGauges(meter);
        _duration = Seconds(meter, MetricNames.Duration, "The time from sending an attempt to the end of its answer.", MetricNames.LongSecondsBuckets);
        _attempts = meter.CreateCounter<long>(MetricNames.Attempts, "{attempt}", "Attempts, retried ones included.");
        _maxGap = Seconds(meter, MetricNames.StreamMaxGap, "The longest silence within a stream.", MetricNames.SecondsBuckets);
        _firstEvent = Seconds(meter, MetricNames.StreamFirstEvent, "The time to a stream's first event.", MetricNames.SecondsBuckets);
        _streamEnds = meter.CreateCounter<long>(MetricNames.StreamEnds, "{stream}", "Streams, by how they ended.");
        meter.CreateObservableCounter(MetricNames.OwnFailures, () => OwnFailures.Failures, "{failure}", "Failures of the observation; the calls went on.");
        meter.CreateObservableCounter(MetricNames.LedgerDropped, () => OwnFailures.LostRecords, "{record}", "Records that neither the ledger nor its spool could take.");
    }

    public static Histogram<double> Seconds(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    public void Record(FinishedCall call, GenAiConventions conventions)
    {
        var record = call.Record;
        _rateLimits.Note(record);
        RecordAttempt(record);
        if (record.Operation is not (Operation.Messages or Operation.Converse))
        {
            return;
        }

        _usage.Record(record, conventions);
        _cost.Record(record);
    }

    /// <summary>The attributes that all instruments of the conventions share.</summary>
    public static TagList CommonTags(CallRecord record)
    {
        var tags = new TagList
        {
            { GenAiTags.OperationName, "chat" },
            { GenAiTags.ProviderName, ProviderNames.Of(record.Provider) },
        };
        AddIfKnown(ref tags, GenAiTags.RequestModel, record.ModelRequested);
        AddIfKnown(ref tags, GenAiTags.ResponseModel, record.ModelServed);
        AddIfKnown(ref tags, GenAiTags.ServerAddress, record.Host);
        return tags;
    }

    public static void AddIfKnown(ref TagList tags, string name, string? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }

    private void RecordAttempt(CallRecord record)
    {
        if (!_attempts.Enabled && !_duration.Enabled && !_streamEnds.Enabled && !_maxGap.Enabled && !_firstEvent.Enabled)
        {
            return;
        }

        var tags = CommonTags(record);
        AddIfKnown(ref tags, GenAiTags.ErrorType, record.ErrorType);
        RecordStream(record, tags);
        var timed = tags;
        timed.Add(CostLedgerTags.IsStream, record.IsStream);
        _duration.Record(record.Timing.Total.TotalSeconds, timed);
        tags.Add(CostLedgerTags.AttemptOutcome, record.Outcome.Name());
        if (record.HttpStatus is { } status)
        {
            tags.Add(GenAiTags.HttpStatusCode, status);
        }

        _attempts.Add(1, tags);
    }

    private void RecordStream(CallRecord record, TagList tags)
    {
        if (!record.IsStream)
        {
            return;
        }

        if (record.Timing.FirstEvent is { } first)
        {
            _firstEvent.Record(first.TotalSeconds, tags);
        }

        if (record.Timing.LongestGap is { } gap)
        {
            _maxGap.Record(gap.TotalSeconds, tags);
        }

        if (record.StreamEnd is { } end)
        {
            tags.Add(CostLedgerTags.StreamEnd, end.Name());
            _streamEnds.Add(1, tags);
        }
    }
}
