using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CostLedger.Records;

namespace Telemetry.Handler.Spans;

/// <summary>The limits as the last response of each host told them.</summary>
internal sealed class RateLimitGauges
{
    private const int MaxSeries = 256;

    private readonly ConcurrentDictionary<(string Host, string Kind), RateLimit> _limits = new();

    public RateLimitGauges(Meter meter)
    {
        meter.CreateObservableGauge(MetricNames.RateLimitRemaining, () => Measure(static limit => limit.Remaining), null, "What is left of a rate limit.");
        meter.CreateObservableGauge(MetricNames.RateLimitLimit, () => Measure(static limit => limit.Limit), null, "A rate limit.");
    }

    public void Note(CallRecord record)
    {
        for (var i = 0; i < record.RateLimits.Count; i++)
        {
            var key = (record.Host ?? "", record.RateLimits[i].Kind);
            if (_limits.Count < MaxSeries || _limits.ContainsKey(key))
            {
                _limits[key] = record.RateLimits[i];
            }
        }
    }

    private IEnumerable<Measurement<long>> Measure(Func<RateLimit, long?> figure)
    {
        foreach (var ((host, kind), limit) in _limits)
        {
            if (figure(limit) is { } value)
            {
                yield return new Measurement<long>(
                    value,
                    new KeyValuePair<string, object?>(GenAiTags.ServerAddress, host),
                    new KeyValuePair<string, object?>(CostLedgerTags.RateLimitKind, kind));
            }
        }
    }
}
