namespace Telemetry.Handler.Connections;

/// <summary>
/// Finds out whether one attempt went over a connection that was open when it began. It travels with the attempt's execution
/// context, in which <see cref="ConnectionListener"/> finds it again when the runtime tells which connection it sends on.
/// </summary>
internal sealed class ConnectionWatch
{
    private const int OnNew = 1;
    private const int OnOpen = 2;
    private const int OnUnknown = 4;

    private static readonly AsyncLocal<ConnectionWatch?> Flow = new();

    private readonly ConnectionWatch? _before;
    private readonly bool _isForeign;
    private HttpRequestMessage? _request;
    private int _seen;

    private ConnectionWatch(ConnectionWatch? before, HttpRequestMessage? request, long begunAt)
    {
        _before = before;
        _request = request;
        _isForeign = request is null;
        BegunAt = begunAt;
    }

    /// <summary>The watch of the present flow; null where nothing is watched.</summary>
    public static ConnectionWatch? Current => Flow.Value;

    /// <summary>The listener's clock when the attempt began.</summary>
    public long BegunAt { get; }

    /// <summary>Whether no connection had to be opened for the attempt; null when not known.</summary>
    /// <remarks>A request that is sent again by the runtime, after a redirect or on a connection that had died, counts as one.</remarks>
    public bool? IsReused => Volatile.Read(ref _seen) switch
    {
        OnOpen => true,
        var seen when (seen & OnNew) != 0 => false,
        _ => null,
    };

    /// <summary>Begins to watch, in the present flow.</summary>
    public static ConnectionWatch Begin(ConnectionListener listener, HttpRequestMessage request) =>
        Flow.Value = new ConnectionWatch(Flow.Value, request, listener.Clock);

    /// <summary>Puts back what the flow had before; what is asynchronous does so by itself.</summary>
    public void Leave() => Flow.Value = _before;

    /// <summary>The request is back in the caller's hands.</summary>
    public void Release() => _request = null;

    /// <summary>A client begins to send in this flow: what is not the attempt's own request, a token for it perhaps, is not counted.</summary>
    public void Enter(string? host, int port, string? path)
    {
        if (!IsOwn(host, port, path))
        {
            Flow.Value = new ConnectionWatch(this, null, BegunAt);
        }
    }

    /// <summary>A client that began in this flow is done.</summary>
    public void Exit()
    {
        if (_isForeign)
        {
            Flow.Value = _before;
        }
    }

    /// <summary>The headers are sent on a connection.</summary>
    /// <param name="wasOpen">Whether it was open when the attempt began; null when not known.</param>
    public void Used(bool? wasOpen)
    {
        if (!_isForeign)
        {
            Interlocked.Or(ref _seen, wasOpen switch { true => OnOpen, false => OnNew, null => OnUnknown });
        }
    }

    // A query is not compared: the runtime hides it.
    private bool IsOwn(string? host, int port, string? path) =>
        _request?.RequestUri is { IsAbsoluteUri: true } uri
        && uri.Port == port
        && string.Equals(uri.IdnHost, host, StringComparison.OrdinalIgnoreCase)
        && path.AsSpan().StartsWith(uri.AbsolutePath, StringComparison.Ordinal);
}
