using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Metrics;

/// <summary>
/// The limits as the last response told them, by kind, provider and the model that was asked for. A limit that nobody tells of
/// any more says nothing about the present, and is no longer observed.
/// </summary>
internal sealed class RateLimitMetrics
{
    /// <summary>The most limits that are kept; later ones are passed over until others are out of date.</summary>
    public const int MaxLimits = 128;

    /// <summary>How long a limit is observed after the response that told of it. A limit that is reset later is observed until then.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<Series, Told> _last = [];

    public RateLimitMetrics(Meter meter, TimeProvider time)
    {
        _time = time;

        // Requests or tokens, as the kind says: an instrument has one unit.
        meter.CreateObservableGauge(MetricNames.RateLimitRemaining, () => Observe(static l => l.Remaining), "{count}", "What is left of a limit");
        meter.CreateObservableGauge(MetricNames.RateLimitLimit, () => Observe(static l => l.Limit), "{count}", "The most that is allowed in a window");
    }

    /// <summary>Keeps what a response told, unless a later response has told more already: long answers end late.</summary>
    public void Saw(CallRecord record)
    {
        if (record.RateLimits.Count == 0)
        {
            return;
        }

        var toldAt = record.StartedAt + (record.Timing.Headers ?? TimeSpan.Zero);
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            foreach (var limit in record.RateLimits)
            {
                KeepNeedsLock(new Series(record.Provider, record.Operation, record.ModelRequested ?? record.ModelServed, limit.Kind), new Told(limit, toldAt), now);
            }
        }
    }

    private void KeepNeedsLock(Series series, Told told, DateTimeOffset now)
    {
        if (_last.TryGetValue(series, out var before))
        {
            if (told.At >= before.At)
            {
                _last[series] = told;
            }

            return;
        }

        if (_last.Count >= MaxLimits)
        {
            DropOldNeedsLock(now);
        }

        if (_last.Count < MaxLimits)
        {
            _last.Add(series, told);
        }
    }

    private void DropOldNeedsLock(DateTimeOffset now)
    {
        foreach (var (series, told) in _last)
        {
            if (!told.IsCurrent(now))
            {
                _last.Remove(series);
            }
        }
    }

    private List<Measurement<long>> Observe(Func<RateLimit, long?> part)
    {
        var now = _time.GetUtcNow();
        var measurements = new List<Measurement<long>>();
        lock (_gate)
        {
            foreach (var (series, told) in _last)
            {
                if (told.IsCurrent(now) && part(told.Limit) is { } value)
                {
                    measurements.Add(new Measurement<long>(value, series.Tags()));
                }
            }
        }

        return measurements;
    }

    private readonly record struct Series(Provider Provider, Operation Operation, string? Model, string Kind)
    {
        public TagList Tags()
        {
            var tags = default(TagList);
            tags.Add(CostLedgerTags.RateLimitKind, Kind);
            tags.Add(GenAi.ProviderName, TagValues.ProviderName(Provider));
            CommonTags.Add(ref tags, GenAi.RequestModel, Model);
            if (!TagValues.IsInference(Operation))
            {
                tags.Add(CostLedgerTags.Operation, Operation.Name());
            }

            return tags;
        }
    }

    private readonly record struct Told(RateLimit Limit, DateTimeOffset At)
    {
        public bool IsCurrent(DateTimeOffset now) => now - At < Lasts || now < Limit.ResetsAt;
    }
}
