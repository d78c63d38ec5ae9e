using Telemetry.Handler.Media;

namespace Telemetry.Handler.Estimating.Overheads;

/// <summary>
/// The tokens of an image: one for every square of 28 pixels that it touches, after it was scaled down to the model's longest edge
/// and to the most tokens that the model takes. Source: Anthropic, Vision, 2026-08-21.
/// </summary>
internal static class ImageTokens
{
    private const double Square = 28;

    /// <summary>The tokens of an image.</summary>
    public static int Of(ImageSize size, ModelOverheads model)
    {
        var scale = Math.Min(1.0, model.ImageEdge / (double)Math.Max(size.Width, size.Height));
        var tokens = Squares(size, scale);
        while (tokens > model.ImageTokens)
        {
            // The border squares are rounded up, so that the first guess may be a little too large.
            scale *= Math.Min(0.999, Math.Sqrt(model.ImageTokens / (double)tokens));
            tokens = Squares(size, scale);
        }

        return tokens;
    }

    private static int Squares(ImageSize size, double scale) => Count(size.Width * scale) * Count(size.Height * scale);

    private static int Count(double pixels) => Math.Max(1, (int)Math.Ceiling(Math.Round(pixels) / Square));
}
