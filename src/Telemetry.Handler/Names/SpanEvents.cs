namespace Telemetry.Handler.Names;

/// <summary>Names of span events: the milestones of a call.</summary>
internal static class SpanEvents
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
