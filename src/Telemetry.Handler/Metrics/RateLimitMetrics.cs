using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Metrics;

/// <summary>
/// The limits as the last response told them, by kind, provider and the model that was asked for. Where several holders of limits
/// have the same tags (organisations, hosts), the one with the least left is observed: that is where calls are refused first. A
/// limit that nobody tells of any more says nothing about the present, and is no longer observed.
/// </summary>
internal sealed class RateLimitMetrics
{
    /// <summary>The most limits that are kept; later ones are passed over until others are out of date.</summary>
    public const int MaxLimits = 128;

    /// <summary>How long a limit is observed after the response that told of it. A limit that is reset later is observed until then.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<Holder, Told> _last = [];

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
                KeepNeedsLock(new Holder(SeriesOf(record, limit), record.Provider, record.Host, record.LimitScope), new Told(limit, toldAt), now);
            }
        }
    }

    private void KeepNeedsLock(Holder holder, Told told, DateTimeOffset now)
    {
        if (_last.TryGetValue(holder, out var before))
        {
            if (told.At >= before.At)
            {
                _last[holder] = told;
            }

            return;
        }

        if (_last.Count >= MaxLimits)
        {
            DropOldNeedsLock(now);
        }

        if (_last.Count < MaxLimits)
        {
            _last.Add(holder, told);
        }
    }

    private void DropOldNeedsLock(DateTimeOffset now)
    {
        foreach (var (holder, told) in _last)
        {
            if (!told.IsCurrent(now))
            {
                _last.Remove(holder);
            }
        }
    }

    private List<Measurement<long>> Observe(Func<RateLimit, long?> part)
    {
        var measurements = new List<Measurement<long>>();
        foreach (var (series, limit) in Tightest(_time.GetUtcNow()))
        {
            if (part(limit) is { } value)
            {
                measurements.Add(new Measurement<long>(value, series.Tags()));
            }
        }

        return measurements;
    }

    private Dictionary<Series, RateLimit> Tightest(DateTimeOffset now)
    {
        var tightest = new Dictionary<Series, RateLimit>();
        lock (_gate)
        {
            foreach (var (holder, told) in _last)
            {
                var isTighter = !tightest.TryGetValue(holder.Series, out var other)
                    || (told.Limit.Remaining ?? long.MaxValue) < (other.Remaining ?? long.MaxValue);
                if (isTighter && told.IsCurrent(now))
                {
                    tightest[holder.Series] = told.Limit;
                }
            }
        }

        return tightest;
    }

    private static Series SeriesOf(CallRecord record, RateLimit limit) => new(
        TagValues.ProviderName(record.Provider),
        TagValues.IsInference(record.Operation) ? null : record.Operation,
        record.ModelRequested ?? record.ModelServed,
        limit.Kind);

    /// <summary>Whose limit it is. Not all of it is told: hosts and hashes are no dimensions of a metric.</summary>
    private readonly record struct Holder(Series Series, Provider Provider, string? Host, string? Scope);

    /// <summary>What is told of a limit: two of one series have the same tags.</summary>
    private readonly record struct Series(string Provider, Operation? Operation, string? Model, string Kind)
    {
        public TagList Tags()
        {
            var tags = default(TagList);
            tags.Add(CostLedgerTags.RateLimitKind, Kind);
            tags.Add(GenAi.ProviderName, Provider);
            CommonTags.Add(ref tags, GenAi.RequestModel, Model);
            if (Operation is { } operation)
            {
                tags.Add(CostLedgerTags.Operation, operation.Name());
            }

            return tags;
        }
    }

    private readonly record struct Told(RateLimit Limit, DateTimeOffset At)
    {
        public bool IsCurrent(DateTimeOffset now) => now - At < Lasts || now < Limit.ResetsAt;
    }
}
