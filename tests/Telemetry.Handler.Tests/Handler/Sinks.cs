using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Telemetry.Handler.Diagnostics;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>Hears everything that the handler tells anybody, as text: spans, metrics, log events, its event source.</summary>
internal sealed class Sinks : EventListener, ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics = new();

    public Sinks()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Telemetry.Handler",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                Tell($"{span.DisplayName} {span.StatusDescription}", span.TagObjects);
                foreach (var one in span.Events)
                {
                    Tell(one.Name, one.Tags);
                }
            },
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Telemetry.Handler")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Tell(instrument.Name, tags.ToArray()));
        _metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Tell(instrument.Name, tags.ToArray()));
        _metrics.Start();
        EnableEvents(HandlerEventSource.Log, EventLevel.Verbose);
    }

    public string Told => string.Join('\n', _told);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Tell($"{eventId.Name} {formatter(state, exception)} {exception}", (IReadOnlyList<KeyValuePair<string, object?>>)state!);

    public override void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
        base.Dispose();
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource == HandlerEventSource.Log)
        {
            _told.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? [])}");
        }
    }

    private void Tell(string name, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder(name);
        foreach (var (key, value) in tags)
        {
            text.Append('\n').Append(key).Append('=').Append(value is string plain ? plain : JsonSerializer.Serialize(value));
        }

        _told.Enqueue(text.ToString());
    }
}
