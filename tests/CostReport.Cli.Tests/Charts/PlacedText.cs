using System.Globalization;
using System.Xml.Linq;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Tests.Charts;

/// <summary>Where a text of a picture lies.</summary>
internal sealed record PlacedText(string Content, double Left, double Right, double Top, double Bottom)
{
    private const double Ascent = 0.74;
    private const double Descent = 0.1;

    public static PlacedText Of(XElement text)
    {
        var classes = ((string?)text.Attribute("class") ?? "").Split(' ');
        var size = classes.Contains("h", StringComparer.Ordinal) ? 16 : classes.Contains("e", StringComparer.Ordinal) ? 14 : Number(text, "font-size") ?? TextWidth.FontSize;
        var isBold = classes.Contains("h", StringComparer.Ordinal) || classes.Contains("n", StringComparer.Ordinal);
        var width = TextWidth.Of(text.Value, size, isBold);
        var (x, y) = (Number(text, "x") ?? 0, Number(text, "y") ?? 0);
        var left = classes.Contains("c", StringComparer.Ordinal) ? x - (width / 2) : classes.Contains("r", StringComparer.Ordinal) ? x - width : x;
        return new PlacedText(text.Value, left, left + width, y - (size * Ascent), y + (size * Descent));
    }

    public bool Touches(PlacedText other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    private static double? Number(XElement element, string attribute) =>
        element.Attribute(attribute) is { } found ? double.Parse(found.Value, CultureInfo.InvariantCulture) : null;
}
