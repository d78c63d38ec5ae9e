namespace CostReport.Cli.Charts;

/// <summary>About how wide a text is in a picture, where no font can be asked: on the wide side, so that labels never touch.</summary>
internal static class TextWidth
{
    private const double Wide = 1.05;
    private const double Middle = 0.62;
    private const double Narrow = 0.34;
    private const char FirstWide = '\u1100';

    /// <summary>The width in pixels.</summary>
    public static double Of(string text, double fontSize)
    {
        var width = 0.0;
        foreach (var c in text)
        {
            width += c switch
            {
                ' ' or '.' or ',' or ':' or 'i' or 'l' or 'j' or 't' or '|' or '1' or '\'' => c == '1' ? Middle : Narrow,
                'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.95,
                >= FirstWide => Wide,
                _ => Middle,
            };
        }

        return width * fontSize;
    }

    /// <summary>The text, shortened in the middle so that it is at most so long.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var tail = (longest - 1) / 2;
        var head = longest - 1 - tail;
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        var start = text.Length - tail;
        start += char.IsLowSurrogate(text[start]) ? 1 : 0;
        return $"{text[..head]}…{text[start..]}";
    }
}
