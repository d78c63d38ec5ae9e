namespace Telemetry.Handler.Segments;

/// <summary>An image or a document within a segment.</summary>
/// <param name="IsDocument">Whether it is a document.</param>
/// <param name="Source">How it is given.</param>
/// <param name="Start">Where its data begins in the body; only of <see cref="MediaSource.Base64"/>.</param>
/// <param name="Length">The length of its data.</param>
internal readonly record struct MediaPart(bool IsDocument, MediaSource Source, int Start, int Length);
