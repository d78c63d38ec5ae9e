using System.Globalization;

namespace CostReport.Cli.Charts.Svg;

/// <summary>Colours as WCAG 2.2 sees them.</summary>
internal static class Colour
{
    /// <summary>How light a colour is, 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).</summary>
    /// <param name="hex">The colour, as <c>#rrggbb</c>.</param>
    public static double Luminance(string hex) => (0.2126 * Part(hex, 1)) + (0.7152 * Part(hex, 3)) + (0.0722 * Part(hex, 5));

    /// <summary>The contrast of two colours, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>A part of a colour, as light and not as the eye takes it.</summary>
    /// <param name="hex">The colour.</param>
    /// <param name="at">Where the part's two digits begin.</param>
    public static double Part(string hex, int at)
    {
        var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
