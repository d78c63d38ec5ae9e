using System.Globalization;
using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts;

namespace CostReport.Cli.Output;

/// <summary>Text measured in the character cells of a terminal.</summary>
internal static class CellText
{
    private const char Ellipsis = '…';

    // The ranges that terminals draw two cells wide (East Asian Wide and Fullwidth, and pictures).
    private static readonly HashSet<string> Units = new(["ns", "us", "µs", "ms", "s", "min", "h", "d", "bytes", "KiB", "MiB", "GiB"], StringComparer.Ordinal);

    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF),
        (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6),
        (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Makes text fit to be shown: clean, and in ASCII where that is asked for.</summary>
    public static string Fit(string text, bool ascii)
    {
        var clean = SafeText.Clean(text);
        if (!ascii || Ascii.IsValid(clean))
        {
            return clean;
        }

        var plain = new StringBuilder();
        foreach (var rune in clean.EnumerateRunes())
        {
            plain.Append(rune.IsAscii ? (char)rune.Value : rune.Value == Ellipsis ? '~' : SparkText.Ascii(rune.Value) ?? '?');
        }

        return plain.ToString();
    }

    /// <summary>The width in cells.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }

        return width;
    }

    /// <summary>Fills up with spaces.</summary>
    public static string Pad(string text, int width, bool toTheRight)
    {
        var spaces = new string(' ', Math.Max(0, width - Width(text)));
        return toTheRight ? spaces + text : text + spaces;
    }

    /// <summary>Shortens in the middle: the beginnings and ends of model names tell them apart.</summary>
    public static string Shorten(string text, int width, bool ascii)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        var mark = ascii ? '~' : Ellipsis;
        var runes = text.EnumerateRunes().ToArray();
        var tail = Take(runes.Reverse(), (width - 1) / 2);
        var head = Take(runes, width - 1 - Width(tail));
        return string.Concat(head, mark.ToString(), string.Concat(tail.EnumerateRunes().Reverse().Select(r => r.ToString())));
    }

    /// <summary>Breaks a sentence into lines at its spaces, but not between a figure and its unit.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && Width(line.ToString()) + 1 + Width(word) > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }

    private static IEnumerable<string> Words(string text)
    {
        string? figure = null;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isUnit = figure is not null && Units.Contains(word.TrimEnd(',', ';', '.', ':', ')'));
            if (figure is not null && !isUnit)
            {
                yield return figure;
            }

            var whole = isUnit ? $"{figure} {word}" : word;
            figure = isUnit || char.IsAsciiDigit(word[^1]) ? whole : null;
            if (figure is null)
            {
                yield return whole;
            }
        }

        if (figure is not null)
        {
            yield return figure;
        }
    }

    private static string Take(IEnumerable<Rune> runes, int width)
    {
        var taken = new StringBuilder();
        foreach (var rune in runes)
        {
            width -= Width(rune);
            if (width < 0)
            {
                break;
            }

            taken.Append(rune.ToString());
        }

        return taken.ToString();
    }

    private static int Width(Rune rune)
    {
        if (rune.IsAscii)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return 0;
        }

        return Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1;
    }
}
