using Telemetry.Handler.Segments;
using Telemetry.Handler.Tokens;

namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>Counts segments with a tokenizer, and keeps nothing.</summary>
internal sealed class SegmentCounter(ITokenCounter counter) : ISegmentCounter
{
    /// <inheritdoc/>
    public int Count(in Segment segment, ReadOnlySpan<byte> text) => Math.Max(0, counter.Count(text));
}
