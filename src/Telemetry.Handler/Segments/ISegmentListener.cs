namespace Telemetry.Handler.Segments;

/// <summary>Is told of the segments of a prompt while their text is at hand.</summary>
internal interface ISegmentListener
{
    /// <summary>A segment was read.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="text">What the model reads of it, as UTF-8; only during the call.</param>
    void OnSegment(in Segment segment, ReadOnlySpan<byte> text);
}
