namespace Telemetry.Handler.Segments.Reading;

/// <summary>Where blocks stand, and who is told of them.</summary>
internal readonly ref struct BlockPlace(
    ReadOnlySpan<byte> body,
    SegmentedPrompt prompt,
    ISegmentCounter? counter,
    CacheLevel level,
    SegmentRole role,
    int message)
{
    /// <summary>The whole body.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    public SegmentedPrompt Prompt => prompt;

    public ISegmentCounter? Counter => counter;

    public CacheLevel Level => level;

    public SegmentRole Role => role;

    public int Message => message;
}
