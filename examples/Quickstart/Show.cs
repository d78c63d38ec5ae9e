namespace Quickstart;

/// <summary>Shows what a caller sees of a call, in one line.</summary>
internal static class Show
{
    private const int LabelWidth = 46;
    private const int TextWidth = 48;

    public static void Line(string what, string seen)
    {
        var text = seen.ReplaceLineEndings(" ");
        Console.WriteLine($"  {what.PadRight(LabelWidth)} {(text.Length > TextWidth ? text[..(TextWidth - 1)] + "…" : text)}");
    }
}
