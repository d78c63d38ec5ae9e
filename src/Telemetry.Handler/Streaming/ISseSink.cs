namespace Telemetry.Handler.Streaming;

/// <summary>Takes the parts of server-sent events as they arrive.</summary>
internal interface ISseSink
{
    /// <summary>A part of the event's data. Between two data lines of one event comes a line feed of its own.</summary>
    /// <param name="part">The bytes; valid during the call only.</param>
    /// <param name="whole">Whether this is all of the event's first data line.</param>
    void OnData(ReadOnlySpan<byte> part, bool whole);

    /// <summary>The event that the data belonged to is over.</summary>
    /// <param name="name">The value of its <c>event</c> line, cut at 64 bytes; empty when it had none.</param>
    /// <param name="cut">Whether the stream ended without the event's empty line.</param>
    void OnEvent(ReadOnlySpan<byte> name, bool cut);
}
