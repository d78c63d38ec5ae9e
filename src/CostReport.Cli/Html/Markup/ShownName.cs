namespace CostReport.Cli.Html.Markup;

/// <summary>A name from the ledger, of any length, with anything in it: shown apart from the text around it, so that it cannot turn that around.</summary>
/// <param name="Text">The name; null where there is none.</param>
internal readonly record struct ShownName(string? Text)
{
    /// <summary>How many characters are shown; the rest is told by pointing at it.</summary>
    public const int Longest = 96;

    /// <summary>How many characters are kept at all.</summary>
    public const int LongestHint = 500;
}
