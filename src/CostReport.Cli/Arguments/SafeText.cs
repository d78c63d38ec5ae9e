using System.Globalization;
using System.Text;

namespace CostReport.Cli.Arguments;

/// <summary>Makes text from a ledger or a command line fit to be shown: nothing in it can steer a terminal or turn a line around.</summary>
internal static class SafeText
{
    private const int Longest = 60;
    private const string Replacement = "\uFFFD";

    /// <summary>The text on one line, with the replacement character for control characters, marks of direction and unpaired surrogates.</summary>
    public static string Clean(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Steers(rune) ? Replacement : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>At most 60 characters of the text, clean, for an error line.</summary>
    public static string Short(string text)
    {
        var clean = Clean(text.Length > Longest * 2 ? text[..(Longest * 2)] : text);
        return clean.Length <= Longest ? clean : Clean(clean[..Longest]) + "…";
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

    private static bool Steers(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;
}
