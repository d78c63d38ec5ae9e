namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>The names of doubts.</summary>
internal static class DoubtNames
{
    /// <summary>The names of some doubts.</summary>
    public static IReadOnlyList<string> Of(Doubt doubts) =>
    [
        .. Enum.GetValues<Doubt>().Where(doubt => doubt != Doubt.None && doubts.HasFlag(doubt)).Select(NameOf),
    ];

    private static string NameOf(Doubt doubt) => doubt switch
    {
        Doubt.UnknownModel => "unknown_model",
        Doubt.UnknownBlock => "unknown_block",
        Doubt.UnknownImage => "image_unreadable",
        Doubt.UnknownDocument => "document_unreadable",
        Doubt.UnknownTool => "unknown_tool",
        _ => "encrypted_content",
    };
}
