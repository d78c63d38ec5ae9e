using System.Collections.Concurrent;
using System.Diagnostics;

namespace Telemetry.Handler.Tests.Spans;

/// <summary>Listens to one source and keeps its stopped spans.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _stopped = new();

    public SpanCollector(string source, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = s => string.Equals(s.Name, source, StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                SeenBySampler = options.Tags?.ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
                return sampling;
            },
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyDictionary<string, object?>? SeenBySampler { get; private set; }

    public IReadOnlyList<Activity> Stopped => [.. _stopped];

    public void Dispose() => _listener.Dispose();
}
