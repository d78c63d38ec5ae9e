using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Metrics;

/// <summary>The limits as the last response told them, by kind.</summary>
internal sealed class RateLimitMetrics
{
    /// <summary>The most kinds that are kept; later ones are passed over.</summary>
    public const int MaxKinds = 32;

    private readonly ConcurrentDictionary<string, RateLimit> _last = new(StringComparer.Ordinal);

    public RateLimitMetrics(Meter meter)
    {
        // Requests or tokens, as the kind says: an instrument has one unit.
        meter.CreateObservableGauge(MetricNames.RateLimitRemaining, () => Observe(static l => l.Remaining), "{count}", "What is left of a limit");
        meter.CreateObservableGauge(MetricNames.RateLimitLimit, () => Observe(static l => l.Limit), "{count}", "The most that is allowed in a window");
    }

    /// <summary>Keeps what a response told.</summary>
    public void Saw(IReadOnlyList<RateLimit> limits)
    {
        for (var i = 0; i < limits.Count; i++)
        {
            if (_last.ContainsKey(limits[i].Kind) || _last.Count < MaxKinds)
            {
                _last[limits[i].Kind] = limits[i];
            }
        }
    }

    private IEnumerable<Measurement<long>> Observe(Func<RateLimit, long?> part)
    {
        foreach (var limit in _last.Values)
        {
            if (part(limit) is { } value)
            {
                yield return new Measurement<long>(value, new KeyValuePair<string, object?>(CostLedgerTags.RateLimitKind, limit.Kind));
            }
        }
    }
}
