namespace Telemetry.Handler.EventStreams;

/// <summary>Takes what a chunk holds.</summary>
internal interface IChunkSink
{
    /// <summary>The chunk's bytes begin. Bytes that came before, of the same chunk, do not count.</summary>
    void OnBytesStart();

    /// <summary>A part of the chunk's bytes.</summary>
    /// <param name="part">The decoded bytes; valid during the call only.</param>
    /// <param name="whole">Whether these are all.</param>
    void OnBytes(ReadOnlySpan<byte> part, bool whole);
}
