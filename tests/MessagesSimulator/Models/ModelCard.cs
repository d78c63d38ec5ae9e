namespace MessagesSimulator.Models;

/// <summary>What the API knows of a model.</summary>
/// <param name="Id">The id that answers name.</param>
/// <param name="ContextWindow">The longest prompt, in tokens.</param>
/// <param name="MaxOutput">The longest answer, in tokens.</param>
/// <param name="MinimumCacheable">The shortest prefix that is cached, in tokens.</param>
/// <param name="ToolPrompt">Tokens of the hidden system prompt that tools bring along.</param>
/// <param name="ForcedToolPrompt">The same when a tool is forced.</param>
/// <param name="KnowsGeography">Whether answers say where inference ran.</param>
/// <param name="DefaultEffort">The effort that leaving it out means.</param>
internal sealed record ModelCard(
    string Id,
    int ContextWindow,
    int MaxOutput,
    int MinimumCacheable,
    int ToolPrompt,
    int ForcedToolPrompt,
    bool KnowsGeography = true,
    string DefaultEffort = "high")
{
    /// <summary>Whether thinking is taken out of the prompt when a user says something that is no tool's result.</summary>
    public bool ForgetsThinking { get; init; }

    /// <summary>Whether tokens read from the cache count towards the limit of input tokens.</summary>
    public bool LimitsCacheReads { get; init; }
}
