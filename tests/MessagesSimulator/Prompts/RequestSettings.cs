namespace MessagesSimulator.Prompts;

/// <summary>Everything in a request that is no part of the prompt's text.</summary>
internal sealed record RequestSettings
{
    public required int MaxTokens { get; init; }

    public required bool Stream { get; init; }

    /// <summary>How thinking is asked for: <c>enabled</c>, <c>adaptive</c>, …; null when it is off.</summary>
    public string? Thinking { get; init; }

    public int? ThinkingBudget { get; init; }

    public bool ThinkingHidden { get; init; }

    /// <summary>The effort; null when it is the model's own.</summary>
    public string? Effort { get; init; }

    public string? OutputFormat { get; init; }

    /// <summary>The tool choice as the request has it; null when it is <c>auto</c>.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>Whether the tool choice forces a tool (<c>any</c>, <c>tool</c>).</summary>
    public bool ForcesTool { get; init; }

    /// <summary>The tool that is forced by name.</summary>
    public string? ForcedTool { get; init; }

    public IReadOnlyList<string> ToolNames { get; init; } = [];

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    public bool Fast { get; init; }

    public string? InferenceGeo { get; init; }

    public bool HasImages { get; init; }

    public bool HasServerSearch { get; init; }

    public string Betas { get; init; } = "";

    /// <summary>What a level's prefix depends on besides its blocks: a change here loses that level and all behind it.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The settings that count, as text.</returns>
    public string Salt(PromptLevel level) => level switch
    {
        PromptLevel.Tools => $"betas={Betas}",
        PromptLevel.System => $"fast={Fast};search={HasServerSearch}",
        _ => $"choice={ToolChoice};images={HasImages};thinking={Thinking}/{ThinkingBudget};effort={Effort};format={OutputFormat}",
    };
}
