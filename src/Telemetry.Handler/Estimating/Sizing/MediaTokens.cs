using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Media;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>The tokens of images and documents, by their dimensions and pages.</summary>
internal static class MediaTokens
{
    // Each page is given as its text and as an image. Source: Anthropic, PDF support: 1,500 to 3,000 tokens of text a page.
    private const int TextOfPage = 2_250;

    // A page of unknown size is rendered about as large as an image may be.
    private const double PageOfLargestImage = 1;

    // An image whose size is not known is taken for one of middle size.
    private const int SomeEdge = 1_024;

    // Bytes of a document that cannot be parsed, for each page: the middle of what such files have.
    private const int BytesOfPage = 60_000;

    /// <summary>The tokens of an image or a document.</summary>
    /// <param name="part">The image or document.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="identity">Tells it from all others, in this prompt and the next.</param>
    /// <param name="model">The model.</param>
    /// <param name="doubt">What was doubtful is added to it.</param>
    public static int Of(in MediaPart part, ReadOnlySpan<byte> body, UInt128 identity, ModelOverheads model, ref Doubt doubt)
    {
        if (part.Source == MediaSource.Text)
        {
            return 0;
        }

        var data = part.Source == MediaSource.Base64 ? body.Slice(part.Start, part.Length) : default;
        if (part.IsDocument)
        {
            var pages = data.IsEmpty ? null : PdfPageMemory.Of(identity, data);
            doubt |= pages is null ? Doubt.UnknownDocument : Doubt.None;
            return (int)Math.Min(int.MaxValue, (pages ?? Math.Max(1, data.Length / BytesOfPage)) * (TextOfPage + (long)(model.ImageTokens * PageOfLargestImage)));
        }

        var size = data.IsEmpty ? null : ImageHeader.Read(data);
        doubt |= size is null ? Doubt.UnknownImage : Doubt.None;
        return Overheads.ImageTokens.Of(size ?? new ImageSize(SomeEdge, SomeEdge), model);
    }
}
