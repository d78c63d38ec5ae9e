using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Telemetry.Handler.Diagnostics;

namespace Telemetry.Handler.Connections;

/// <summary>
/// Listens to the event source <c>System.Net.Http</c>. Its events come on the thread and in the flow of what they tell of;
/// a connection is opened in a flow of its own, so that connections are matched by their number.
/// </summary>
/// <remarks>Made when the first handler asks for it, and never ended: a connection outlives every handler.</remarks>
internal sealed class ConnectionListener : EventListener
{
    // What is open beyond this is not told apart from what was open before anybody listened, and nothing is said of it.
    internal const int MaxConnections = 65_536;

    private const string SourceName = "System.Net.Http";
    private const int RequestStart = 1;
    private const int RequestStop = 2;
    private const int RequestFailed = 3;
    private const int ConnectionEstablished = 4;
    private const int ConnectionClosed = 5;
    private const int RequestHeadersStart = 7;

    private static readonly Lazy<ConnectionListener> Instance = new(() => new ConnectionListener());

    // When each connection was opened, by this class's own count: a number that only grows needs no clock.
    private readonly ConcurrentDictionary<long, long> _openedAt = new();
    private long _clock;
    private volatile bool _isFull;

    private ConnectionListener()
    {
    }

    /// <summary>The process's listener; asking for it begins to listen.</summary>
    public static ConnectionListener Shared => Instance.Value;

    /// <summary>How many connections were opened so far.</summary>
    public long Clock => Volatile.Read(ref _clock);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        if (string.Equals(eventSource.Name, SourceName, StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => Quietly.Run(
        "connections",
        (listener: this, eventData),
        static s => s.listener.Note(s.eventData));

    private void Note(EventWrittenEventArgs told)
    {
        switch (told.EventId)
        {
            case ConnectionEstablished when told.Payload is [_, _, long id, ..]:
                Open(id);
                break;
            case ConnectionClosed when told.Payload is [_, _, long id, ..]:
                _openedAt.TryRemove(id, out _);
                break;
            case RequestHeadersStart when ConnectionWatch.Current is { } watch && told.Payload is [long id, ..]:
                watch.Used(WasOpen(id, watch.BegunAt));
                break;
            case RequestStart when ConnectionWatch.Current is { } watch && told.Payload is [_, string host, int port, string path, ..]:
                watch.Enter(host, port, path);
                break;
            case RequestStop or RequestFailed:
                ConnectionWatch.Current?.Exit();
                break;
            default:
                break;
        }
    }

    private void Open(long id)
    {
        var now = Interlocked.Increment(ref _clock);
        if (_openedAt.Count < MaxConnections)
        {
            _openedAt[id] = now;
        }
        else
        {
            _isFull = true;
        }
    }

    // A connection that is not known was opened before anybody listened.
    private bool? WasOpen(long id, long since) =>
        _openedAt.TryGetValue(id, out var openedAt) ? openedAt <= since : _isFull ? null : true;
}
