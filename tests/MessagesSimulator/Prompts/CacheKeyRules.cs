namespace MessagesSimulator.Prompts;

/// <summary>
/// The first level that a change of a setting loses, for settings whose level is told per model, or in two ways, or not at all; null: no
/// level. What the documentation fixes for all is not here.
/// </summary>
public sealed record CacheKeyRules
{
    /// <summary><c>speed</c>: the API's table says the system level; elsewhere only the beta that comes with it is said to count.</summary>
    public PromptLevel? Speed { get; init; } = PromptLevel.System;

    /// <summary><c>thinking</c>: the messages on all models, more on some.</summary>
    public PromptLevel? Thinking { get; init; } = PromptLevel.Messages;

    /// <summary><c>output_config.effort</c>: as thinking; it has been measured to lose nothing.</summary>
    public PromptLevel? Effort { get; init; } = PromptLevel.Messages;

    /// <summary><c>output_config.format</c>: the messages for certain.</summary>
    public PromptLevel? OutputFormat { get; init; } = PromptLevel.Messages;

    /// <summary>The set of active betas: which level is not told.</summary>
    public PromptLevel? Betas { get; init; } = PromptLevel.Tools;
}
