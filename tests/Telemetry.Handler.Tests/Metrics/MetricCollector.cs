using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Telemetry.Handler.Tests.Metrics;

/// <summary>Listens to one meter and keeps what is recorded.</summary>
internal sealed class MetricCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Recorded> _recorded = new();

    public MetricCollector(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, meter, StringComparison.Ordinal))
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        _listener.Start();
    }

    public List<Instrument> Instruments { get; } = [];

    /// <summary>The values of one instrument, with the attributes that are named.</summary>
    public IEnumerable<(double Value, string Tags)> Of(string name, params string[] tags) => _recorded
        .Where(r => string.Equals(r.Name, name, StringComparison.Ordinal))
        .Select(r => (r.Value, string.Join(' ', tags.Select(t => r.Tags.GetValueOrDefault(t)))));

    public IEnumerable<string> TagsOf(string name) => _recorded.Single(r => string.Equals(r.Name, name, StringComparison.Ordinal)).Tags.Keys;

    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _recorded.Enqueue(new Recorded(instrument.Name, value, tags.ToArray().ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal)));

    private sealed record Recorded(string Name, double Value, Dictionary<string, object?> Tags);
}
