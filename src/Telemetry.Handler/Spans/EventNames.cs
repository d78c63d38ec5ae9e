namespace Telemetry.Handler.Spans;

/// <summary>Span events: milestones in the life of an answer, never one per delta.</summary>
internal static class EventNames
{
    public const string Headers = "headers";
    public const string MessageStart = "message_start";
    public const string FirstContent = "first_content";
    public const string ContentBlockStart = "content_block_start";
    public const string MessageDelta = "message_delta";
    public const string MessageStop = "message_stop";
    public const string Error = "error";
    public const string Stall = "stall";
}
