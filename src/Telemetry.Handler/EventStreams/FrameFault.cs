namespace Telemetry.Handler.EventStreams;

/// <summary>What can be wrong with the frames of an event stream.</summary>
internal enum FrameFault
{
    /// <summary>The frame's checksum does not fit. The frame is lost, the next one can be read.</summary>
    Corrupt,

    /// <summary>Headers that are longer than their frame, or are none. The frame is lost, the next one can be read.</summary>
    Malformed,

    /// <summary>
    /// A length whose checksum does not fit, or that no frame can have: where the next frame begins is not known. Nothing more is read.
    /// </summary>
    Lost,

    /// <summary>A frame longer than any that AWS sends. Nothing more is read.</summary>
    TooLarge,

    /// <summary>The stream ended within a frame.</summary>
    Truncated,
}
