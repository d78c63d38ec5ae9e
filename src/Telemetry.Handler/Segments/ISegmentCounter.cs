namespace Telemetry.Handler.Segments;

/// <summary>Counts the tokens of segments while their text is at hand.</summary>
internal interface ISegmentCounter
{
    /// <summary>Counts a segment.</summary>
    /// <param name="segment">The segment; its tokens are not set yet.</param>
    /// <param name="text">What the model reads of it, as UTF-8; only during the call.</param>
    /// <returns>The tokens of the text.</returns>
    int Count(in Segment segment, ReadOnlySpan<byte> text);
}
