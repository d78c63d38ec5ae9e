namespace Telemetry.Handler.Streaming;

/// <summary>How the reading of a response ended, seen from the bytes alone: a whole answer may well end as <see cref="Disposed"/>.</summary>
internal enum TransferEnd
{
    /// <summary>The last byte was read.</summary>
    Eof,

    /// <summary>The caller disposed the response before its last byte was read.</summary>
    Disposed,

    /// <summary>A read was cancelled.</summary>
    Canceled,

    /// <summary>A read failed.</summary>
    Faulted,
}
