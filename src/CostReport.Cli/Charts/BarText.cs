namespace CostReport.Cli.Charts;

/// <summary>Draws bars with characters.</summary>
internal static class BarText
{
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const int PerCell = 8;

    /// <summary>A bar from left to right.</summary>
    /// <param name="share">Its length as a part of the width, 0 to 1.</param>
    /// <param name="width">The width in characters.</param>
    /// <param name="ascii">Whether to use ASCII only.</param>
    /// <returns>The bar, no longer than the width; what is not zero never looks like zero.</returns>
    public static string Horizontal(double share, int width, bool ascii)
    {
        if (share <= 0 || width <= 0 || double.IsNaN(share))
        {
            return "";
        }

        var cells = Math.Min(share, 1) * width;
        if (ascii)
        {
            return new string('#', Math.Max(1, (int)Math.Round(cells)));
        }

        var eighths = Math.Max(1, (int)Math.Round(cells * PerCell));
        var rest = eighths % PerCell;
        return new string('█', eighths / PerCell) + (rest > 0 ? Eighths[rest].ToString() : "");
    }

    /// <summary>A bar that does not begin at the left edge.</summary>
    /// <param name="start">Where it begins, 0 to 1.</param>
    /// <param name="share">Its length, 0 to 1.</param>
    /// <param name="width">The width in characters.</param>
    /// <param name="ascii">Whether to use ASCII only.</param>
    /// <returns>Spaces and the bar, at least one character of it.</returns>
    public static string Floating(double start, double share, int width, bool ascii)
    {
        var from = Math.Clamp((int)Math.Round(start * width), 0, Math.Max(0, width - 1));
        var to = Math.Clamp((int)Math.Round((start + share) * width), from + 1, Math.Max(from + 1, width));
        var fill = ascii ? '#' : '█';
        return new string(' ', from) + (share > 0 ? new string(fill, to - from) : ascii ? "|" : "▏");
    }
}
