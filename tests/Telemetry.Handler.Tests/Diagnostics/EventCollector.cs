using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Telemetry.Handler.Diagnostics;

namespace Telemetry.Handler.Tests.Diagnostics;

/// <summary>Collects the events of our source while it lives. Other tests run at the same time, so look for your own texts.</summary>
internal sealed class EventCollector(EventLevel level) : EventListener
{
    private readonly ConcurrentQueue<EventWrittenEventArgs> _events = new();

    public IEnumerable<EventWrittenEventArgs> With(string text) =>
        _events.Where(e => e.Payload?.OfType<string>().Any(p => p.Contains(text, StringComparison.Ordinal)) == true);

    public EventCollector Start()
    {
        EnableEvents(HandlerEventSource.Log, level);
        return this;
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource == HandlerEventSource.Log)
        {
            _events.Enqueue(eventData);
        }
    }
}
