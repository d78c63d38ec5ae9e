namespace Telemetry.Handler.Segments;

/// <summary>Who speaks in a segment.</summary>
internal enum SegmentRole : byte
{
    /// <summary>Nobody: a tool's definition, or a message without a role that is known.</summary>
    None,
    System,
    User,
    Assistant,
}
