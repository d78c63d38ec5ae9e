namespace Telemetry.Handler.Segments.Reading;

/// <summary>A block that is being read.</summary>
/// <param name="Number">Its place among its neighbours, from 0.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the body.</param>
/// <param name="Length">Its length in the body.</param>
internal readonly record struct BlockDraft(int Number, SegmentKind Kind, int Start, int Length)
{
    /// <summary>The first of its images and documents; null when it has none.</summary>
    public int? FirstMedia { get; init; }
}
