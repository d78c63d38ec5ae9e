using System.Diagnostics.Metrics;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Metrics;

/// <summary>How our own work goes: the ledger's writes, its queue, answers read on, and what failed.</summary>
internal sealed class LedgerMetrics
{
    private readonly Counter<long> _writes;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _drains;
    private readonly Counter<long> _drainedBytes;
    private readonly Lock _gate = new();
    private readonly List<Func<long?>> _queues = [];

    public LedgerMetrics(Meter meter)
    {
        _writes = meter.CreateCounter<long>(MetricNames.LedgerWrites, "{record}", "Records by where they went");
        _dropped = meter.CreateCounter<long>(MetricNames.LedgerDropped, "{record}", "Records that could be written nowhere");
        _duration = meter.CreateHistogram(
            MetricNames.LedgerWriteDuration, "s", "Time a caller waited for its record", tags: null, Buckets.Seconds);
        _drains = meter.CreateCounter<long>(MetricNames.Drains, "{answer}", "Answers that their callers left, by how reading them on ended");
        _drainedBytes = meter.CreateCounter<long>(MetricNames.DrainedBytes, "By", "Bytes read of answers that their callers left");
        meter.CreateObservableGauge(MetricNames.LedgerQueueDepth, QueueDepth, "{record}", "Records that wait to be written");
        meter.CreateObservableCounter(MetricNames.HandlerFailures, Failures, "{failure}", "Failures of our own that no caller saw");
    }

    /// <summary>A record was written, or was not.</summary>
    /// <param name="outcome">Where it is.</param>
    /// <param name="waited">How long that took.</param>
    public void Wrote(WriteOutcome outcome, TimeSpan waited)
    {
        _writes.Add(1, new KeyValuePair<string, object?>(CostLedgerTags.LedgerOutcome, Name(outcome)));
        _duration.Record(waited.TotalSeconds);
        if (outcome == WriteOutcome.Lost)
        {
            _dropped.Add(1);
        }
    }

    /// <summary>An answer that its caller left was read on, or was not.</summary>
    /// <param name="end">How that ended.</param>
    /// <param name="bytes">What was read.</param>
    public void Drained(string end, long bytes)
    {
        _drains.Add(1, new KeyValuePair<string, object?>(CostLedgerTags.DrainEnd, end));
        _drainedBytes.Add(bytes);
    }

    /// <summary>Observes a queue for as long as its owner lives; the owner is not kept alive.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="depth">Reads the number of records that wait; a static lambda.</param>
    public void Watch<TOwner>(TOwner owner, Func<TOwner, long> depth)
        where TOwner : class
    {
        var reference = new WeakReference<TOwner>(owner);
        lock (_gate)
        {
            _queues.RemoveAll(static q => q() is null);
            _queues.Add(() => reference.TryGetTarget(out var target) ? depth(target) : null);
        }
    }

    private long QueueDepth()
    {
        var sum = 0L;
        lock (_gate)
        {
            foreach (var queue in _queues)
            {
                sum += queue() ?? 0;
            }
        }

        return sum;
    }

    private static IEnumerable<Measurement<long>> Failures()
    {
        foreach (var (place, count) in OwnFailures.ByPlace)
        {
            yield return new Measurement<long>(count, new KeyValuePair<string, object?>(CostLedgerTags.FailurePlace, place));
        }
    }

    private static string Name(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Committed => "committed",
        WriteOutcome.Spooled => "spooled",
        _ => "lost",
    };
}
