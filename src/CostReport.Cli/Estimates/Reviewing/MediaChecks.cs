using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Media;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Estimates.Reviewing;

/// <summary>Whether images and documents can be read, and are no larger than the model sees. Source: Anthropic, Vision, 2026-08-21.</summary>
internal static class MediaChecks
{
    private const int Most = 20;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(EstimatedRequest request)
    {
        var model = OverheadTable.Of(request.Terms.Model);
        var findings = new List<Finding>();
        for (var i = 0; i < request.Prompt.Segments.Count && findings.Count < Most; i++)
        {
            var (first, count) = request.Prompt.Segments[i].Media;
            for (var part = 0; part < count; part++)
            {
                // The same key as the estimator's: a document's pages are counted once.
                var key = request.Prompt.Segments[i].Hash + (uint)part;
                if (Of(request, request.Prompt.Media[first + part], key, model, request.Estimate.Segments[i].Place) is { } finding)
                {
                    findings.Add(finding);
                }
            }
        }

        return findings;
    }

    private static Finding? Of(EstimatedRequest request, MediaPart part, UInt128 key, ModelOverheads model, string place)
    {
        if (part.Source == MediaSource.Text)
        {
            return null;
        }

        if (part.Source != MediaSource.Base64)
        {
            var what = part.IsDocument ? "document" : "image";
            return new Finding($"{what}_elsewhere", Severity.Note, $"The {what} is not in the request: its tokens are those of one of middle size.", place);
        }

        var data = request.Request.Body.Span.Slice(part.Start, part.Length);
        if (part.IsDocument)
        {
            return PdfPageMemory.Of(key, data) is null
                ? new Finding("document_unreadable", Severity.Warning, "The pages of the document cannot be told: it is no PDF, a broken one, or one that unpacks to very much, and its tokens are guessed from its length.", place)
                : null;
        }

        return ImageHeader.Read(data) is { } size ? OfSize(size, model, place) : new Finding(
            "image_unreadable", Severity.Warning, "The image's header is broken, or it is none of PNG, JPEG, GIF and WebP: its tokens are guessed.", place);
    }

    private static Finding? OfSize(ImageSize size, ModelOverheads model, string place)
    {
        var edge = Math.Max(size.Width, size.Height);
        var pixels = $"{Figures.Count(size.Width)} x {Figures.Count(size.Height)} pixels";
        return edge > model.ImageEdge
            ? new Finding(
                "image_scaled_down", Severity.Note, $"The image has {pixels}, but is scaled down to {Figures.Count(model.ImageEdge)} on its longer side: send it so, to upload less and wait less.", place)
            : null;
    }
}
