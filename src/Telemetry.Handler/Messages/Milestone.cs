namespace Telemetry.Handler.Messages;

/// <summary>Points in the life of a streamed answer. Each is told once, except for those of content blocks.</summary>
internal enum Milestone
{
    MessageStart,
    FirstContent,

    /// <summary>The start of a content block; the first 32 are told.</summary>
    ContentBlockStart,

    /// <summary>The end of a content block whose start was told.</summary>
    ContentBlockStop,
    MessageDelta,
    MessageStop,
    Error,
}
