namespace Telemetry.Handler;

/// <summary>Makes the inner handler that suits calls to the Messages API.</summary>
public static class MessagesHttpHandler
{
    private static readonly TimeSpan PooledLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Makes a <see cref="SocketsHttpHandler"/> with the recommended settings. A stream that is given up is closed at once
    /// instead of being drained for two seconds, during which the provider would go on generating (and billing) output;
    /// connections are renewed every five minutes, so that a change of DNS is noticed. It adds no header.
    /// </summary>
    /// <returns>The handler; change it as needed before its first use.</returns>
    public static SocketsHttpHandler Create() => new()
    {
        ResponseDrainTimeout = TimeSpan.Zero,
        PooledConnectionLifetime = PooledLifetime,
        EnableMultipleHttp2Connections = true,
    };
}
