namespace Telemetry.Handler.Messages;

/// <summary>Points in the life of a streamed answer. Each is told once, except for <see cref="ContentBlockStart"/>.</summary>
internal enum Milestone
{
    MessageStart,
    FirstContent,

    /// <summary>The start of a content block; the first 32 are told.</summary>
    ContentBlockStart,
    MessageDelta,
    MessageStop,
    Error,
}
