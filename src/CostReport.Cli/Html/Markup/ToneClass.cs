using CostReport.Cli.Documents;

namespace CostReport.Cli.Html.Markup;

/// <summary>What a tone looks like on a page.</summary>
internal static class ToneClass
{
    /// <summary>The class; empty where nothing is special.</summary>
    public static string Of(Tone tone) => tone switch
    {
        Tone.Muted => "muted",
        Tone.Strong => "strong",
        Tone.Good => "good",
        Tone.Bad => "bad",
        Tone.Doubtful => "doubt",
        _ => "",
    };
}
