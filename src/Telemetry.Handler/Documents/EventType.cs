namespace Telemetry.Handler.Documents;

/// <summary>What a document says it is (its <c>type</c>, or the name of the event that it came in).</summary>
internal enum EventType
{
    Unknown,
    Message,
    MessageStart,
    ContentBlockStart,
    ContentBlockDelta,
    ContentBlockStop,
    MessageDelta,
    MessageStop,
    Ping,
    Error,
}
