namespace Telemetry.Handler.Draining;

/// <summary>How the reading of an abandoned answer ended.</summary>
internal enum DrainEnd
{
    /// <summary>All of it was read.</summary>
    Complete,

    /// <summary>The limit of time or of bytes came first.</summary>
    Limit,

    /// <summary>The connection failed.</summary>
    Failed,

    /// <summary>Too many are read at the same time; this one was closed.</summary>
    Refused,
}
