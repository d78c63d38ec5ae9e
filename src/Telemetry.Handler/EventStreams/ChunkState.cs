namespace Telemetry.Handler.EventStreams;

/// <summary>What came of a chunk.</summary>
internal enum ChunkState
{
    /// <summary>All of its bytes were handed on.</summary>
    Whole,

    /// <summary>It is no JSON object.</summary>
    Malformed,

    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>Its bytes are no base64. Some may have been handed on, and do not count.</summary>
    InvalidBase64,
}
