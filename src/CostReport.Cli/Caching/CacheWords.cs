using CostLedger.Records.Prompts;

namespace CostReport.Cli.Caching;

/// <summary>How places and shares are written for programs.</summary>
internal static class CacheWords
{
    /// <summary>A part of the prompt: <c>tools</c>, <c>system</c> or <c>messages</c>.</summary>
    public static string Level(PromptLevel level) => level switch
    {
        PromptLevel.Tools => "tools",
        PromptLevel.System => "system",
        _ => "messages",
    };

    /// <summary>A share with six places.</summary>
    public static decimal? Ratio(decimal? share) => share is { } known ? Math.Round(known, 6) : null;
}
