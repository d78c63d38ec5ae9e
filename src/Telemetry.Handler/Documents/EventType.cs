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

    /// <summary>The last event of Bedrock's ConverseStream, which brings the usage.</summary>
    Metadata,

    /// <summary>A piece of a legacy text completion, or all of it.</summary>
    Completion,
    Ping,
    Error,
}
