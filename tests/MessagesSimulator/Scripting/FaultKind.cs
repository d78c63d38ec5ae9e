namespace MessagesSimulator.Scripting;

/// <summary>The ways in which an answer goes wrong.</summary>
public enum FaultKind
{
    /// <summary>An error status instead of an answer.</summary>
    Status,

    /// <summary>An <c>error</c> event in the stream.</summary>
    ErrorEvent,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The answer ends cleanly, but too early.</summary>
    EndEarly,

    /// <summary>Bytes that are no event, or no JSON, in the middle; the rest follows.</summary>
    Malformed,

    /// <summary>Nothing more comes until the client gives up.</summary>
    Hang,
}
