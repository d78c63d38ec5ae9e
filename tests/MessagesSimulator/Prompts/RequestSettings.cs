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

    /// <summary>What the client says is left of a task's budget.</summary>
    public int? BudgetLeft { get; init; }

    /// <summary>The edits of the context that the server is to make, as the request has them.</summary>
    public string? ContextManagement { get; init; }

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

    public bool HasCitations { get; init; }

    public bool HasServerSearch { get; init; }

    /// <summary>The active betas, in an order of their own: it is the set that counts.</summary>
    public string Betas { get; init; } = "";

    /// <summary>Whether the comparison with an earlier request is asked for.</summary>
    public bool AsksDiagnostics { get; init; }

    /// <summary>The message to compare with; null on the first turn.</summary>
    public string? PreviousMessageId { get; init; }

    /// <summary>What a level's prefix depends on besides its blocks: a change here loses that level and all behind it.</summary>
    /// <param name="level">The level.</param>
    /// <param name="rules">What the documentation leaves open.</param>
    /// <returns>The settings that count, as text.</returns>
    public string Salt(PromptLevel level, CacheKeyRules rules)
    {
        (string Text, PromptLevel? From)[] all =
        [
            ($"betas={Betas}", rules.Betas),
            ($"fast={Fast}", rules.Speed),
            ($"search={HasServerSearch};citations={HasCitations}", PromptLevel.System),
            ($"choice={ToolChoice};images={HasImages};budget={BudgetLeft}", PromptLevel.Messages),
            ($"thinking={Thinking}/{ThinkingBudget}", rules.Thinking),
            ($"effort={Effort}", rules.Effort),
            ($"format={OutputFormat}", rules.OutputFormat),
        ];
        return string.Join(';', all.Where(setting => setting.From == level).Select(setting => setting.Text));
    }
}
