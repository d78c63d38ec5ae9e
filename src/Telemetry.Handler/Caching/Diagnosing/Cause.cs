using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>A reason and its place.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Level">The part of the prompt.</param>
/// <param name="Index">The number of the tool, of the system's block or of the message.</param>
/// <param name="Segment">The place in words.</param>
/// <param name="ByteAt">The first byte of the segment's text that may differ; null where it is not known.</param>
/// <param name="ByteCount">The bytes of its text; null where they are not known.</param>
internal readonly record struct Cause(CacheBreakReason Reason, CacheLevel Level, int Index, string Segment, int? ByteAt = null, int? ByteCount = null)
{
    /// <summary>What changed, in few words; null where texts are not kept.</summary>
    public string? Diff { get; init; }
}
