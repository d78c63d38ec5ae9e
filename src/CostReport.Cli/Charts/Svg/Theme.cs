namespace CostReport.Cli.Charts.Svg;

/// <summary>The colours of one page, light or dark.</summary>
/// <param name="Page">The page.</param>
/// <param name="Ink">Text.</param>
/// <param name="Soft">Text that steps back: axes, notes.</param>
/// <param name="Line">Lines of the grid.</param>
/// <param name="Series">Series; the first is the accent, the last is for the rest.</param>
/// <param name="Heat">From little to much.</param>
internal sealed record Theme(string Page, string Ink, string Soft, string Line, IReadOnlyList<string> Series, IReadOnlyList<string> Heat)
{
    private const string Black = "#000000";
    private const string White = "#ffffff";

    /// <summary>
    /// Colours that remain apart for the colour-blind: begun from Okabe and Ito's (https://jfly.uni-koeln.de/color/), moved until
    /// each also stands out from the page by 3 to 1.
    /// </summary>
    public static Theme Light { get; } = new(
        White,
        "#1b1f24",
        "#5b636d",
        "#e3e6ea",
        ["#0072b2", "#e26306", "#079d4c", "#a64e85", "#bc2c10", "#7a2d55", "#2c97f1", "#8a8e94"],
        ["#dceaf5", "#b3d2ea", "#7fb4dc", "#4493c7", "#0072b2", "#004f80"]);

    /// <summary>The same for a dark page.</summary>
    public static Theme Dark { get; } = new(
        "#14171b",
        "#e8eaed",
        "#a3abb5",
        "#2c3238",
        ["#4aa3df", "#f5cf45", "#31cf86", "#d6b0d4", "#f6692a", "#8863f6", "#b9eef0", "#64686e"],
        ["#16283a", "#17405f", "#1b5a87", "#2f7db4", "#5aa9dd", "#a3d5f5"]);

    /// <summary>The colour of text on another colour: black or white, of which one always stands out by 4.5 to 1.</summary>
    public static string InkOn(string color) => Colour.Contrast(color, White) >= Colour.Contrast(color, Black) ? White : Black;
}
