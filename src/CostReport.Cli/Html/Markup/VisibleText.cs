using System.Globalization;
using System.Text;

namespace CostReport.Cli.Html.Markup;

/// <summary>Makes every character of a text one that can be seen: what steers a reader's program is named instead.</summary>
internal static class VisibleText
{
    private const int FirstPrintable = 0x20;
    private const int Delete = 0x7F;
    private const int ControlPictures = 0x2400;
    private const char DeletePicture = '\u2421';

    /// <summary>The text with pictures for control characters, and the code points of marks of direction and the like in brackets.</summary>
    public static string Of(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(visible, rune);
        }

        return visible.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static void Append(StringBuilder visible, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control when rune.Value < FirstPrintable:
                visible.Append((char)(ControlPictures + rune.Value));
                break;
            case UnicodeCategory.Control when rune.Value == Delete:
                visible.Append(DeletePicture);
                break;
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                visible.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
                break;
            default:
                visible.Append(rune.ToString());
                break;
        }
    }
}
