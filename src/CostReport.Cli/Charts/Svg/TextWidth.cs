using System.Globalization;
using CostReport.Cli.Arguments;

namespace CostReport.Cli.Charts.Svg;

/// <summary>How wide a text is in a picture, where no font can be asked.</summary>
internal static class TextWidth
{
    /// <summary>The font size of everything but headings, in pixels.</summary>
    public const double FontSize = 12;

    private const double PerEm = 1000;
    private const string Ellipsis = "…";

    /// <summary>The width in pixels, as <see cref="SvgBuilder"/> writes the text.</summary>
    public static double Of(string text, double fontSize = FontSize, bool bold = false)
    {
        var width = 0;
        foreach (var rune in SafeText.Clean(text).EnumerateRunes())
        {
            width += GlyphWidths.Of(rune, bold);
        }

        return width * fontSize / PerEm;
    }

    /// <summary>
    /// The text, or as much of its start and its end as fits with an ellipsis between: names of models differ at both. Letters are
    /// not parted from their accents.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The width there is, in pixels.</param>
    /// <param name="fontSize">The font size in pixels.</param>
    /// <param name="bold">Whether the text is bold.</param>
    /// <returns>The text; nothing where not even one letter fits.</returns>
    public static string Fit(string text, double width, double fontSize = FontSize, bool bold = false)
    {
        if (Of(text, fontSize, bold) <= width)
        {
            return text;
        }

        var space = width - Of(Ellipsis, fontSize, bold);
        var letters = StringInfo.ParseCombiningCharacters(text);
        var (head, tail) = (0, letters.Length);
        for (var fromHead = true; head < tail; fromHead = !fromHead)
        {
            var letter = fromHead ? Letter(text, letters, head) : Letter(text, letters, tail - 1);
            space -= Of(letter, fontSize, bold);
            if (space < 0)
            {
                break;
            }

            (head, tail) = fromHead ? (head + 1, tail) : (head, tail - 1);
        }

        return head == 0 ? "" : text[..letters[head]].TrimEnd() + Ellipsis + (tail == letters.Length ? "" : text[letters[tail]..]).TrimStart();
    }

    private static string Letter(string text, int[] letters, int index) =>
        text[letters[index]..(index + 1 < letters.Length ? letters[index + 1] : text.Length)];
}
