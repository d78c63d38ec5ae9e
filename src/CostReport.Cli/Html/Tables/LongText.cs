namespace CostReport.Cli.Html.Tables;

/// <summary>
/// Where the text of a cell goes on in the next line. A short one stays whole: a name, a status or a date that is parted is read letter by
/// letter. Rather than that, the reader scrolls.
/// </summary>
internal static class LongText
{
    /// <summary>How many characters stay on one line, and how long a word is that is never parted.</summary>
    public const int Whole = 24;

    /// <summary>The class of a cell with the text; empty where it stands on one line.</summary>
    public static string Class(string? text)
    {
        if (text is null || text.Length <= Whole)
        {
            return "";
        }

        var word = 0;
        foreach (var c in text)
        {
            word = char.IsWhiteSpace(c) ? 0 : word + 1;
            if (word > Whole)
            {
                return "lw";
            }
        }

        return "l";
    }
}
