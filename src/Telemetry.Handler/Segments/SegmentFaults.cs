namespace Telemetry.Handler.Segments;

/// <summary>What keeps a prompt from being told in full.</summary>
[Flags]
internal enum SegmentFaults : byte
{
    None = 0,

    /// <summary>The body is no JSON, or not to its end; the segments before the fault are there.</summary>
    Malformed = 1,

    /// <summary>There are no messages.</summary>
    NoMessages = 2,

    /// <summary>A block has a type that is not known here.</summary>
    UnknownBlock = 4,

    /// <summary>The request continues a thread that the provider keeps: the prompt's beginning is not in it.</summary>
    ThreadContinued = 8,
}
