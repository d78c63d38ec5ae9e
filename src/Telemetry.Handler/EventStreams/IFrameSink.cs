namespace Telemetry.Handler.EventStreams;

/// <summary>Takes the frames of an event stream as they arrive.</summary>
internal interface IFrameSink
{
    /// <summary>A frame has begun. Whether its bytes are intact is known at its end only.</summary>
    /// <param name="headers">Its headers; valid until the next frame.</param>
    void OnFrame(FrameHeaders headers);

    /// <summary>A part of the frame's payload.</summary>
    /// <param name="part">The bytes; valid during the call only.</param>
    /// <param name="whole">Whether this is all of the payload.</param>
    void OnPayload(ReadOnlySpan<byte> part, bool whole);

    /// <summary>The frame is over, and its checksum fits.</summary>
    void OnFrameEnd();

    /// <summary>Something is wrong. A frame that has begun is over, and what came of it does not count.</summary>
    /// <param name="fault">What.</param>
    void OnFault(FrameFault fault);
}
