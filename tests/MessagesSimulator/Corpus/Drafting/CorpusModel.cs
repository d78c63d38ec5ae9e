namespace MessagesSimulator.Corpus.Drafting;

/// <summary>What the documentation says of a model, as far as the corpus needs it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Minimum">The shortest prefix it caches, in tokens.</param>
/// <param name="Thinks">How thinking is asked for.</param>
internal sealed record CorpusModel(string Id, int Minimum, string Thinks)
{
    public static IReadOnlyList<CorpusModel> All { get; } =
    [
        new("claude-opus-5", 512, "adaptive") { HasFastSpeed = true },
        new("claude-fable-5", 512, "adaptive") { TakesForcedTools = false },
        new("claude-opus-4-8", 1024, "adaptive") { HasFastSpeed = true },
        new("claude-sonnet-5", 1024, "adaptive"),
        new("claude-sonnet-4-6", 1024, "adaptive") { MinimumIsDisputed = true },
        new("claude-sonnet-4-5-20250929", 1024, "enabled") { ForgetsThinking = true, HasGeography = false },
        new("claude-opus-4-7", 2048, "adaptive"),
        new("claude-opus-4-6", 4096, "adaptive"),
        new("claude-opus-4-5-20251101", 4096, "enabled") { HasGeography = false },
        new("claude-haiku-4-5-20251001", 4096, "enabled") { ForgetsThinking = true, HasGeography = false },
    ];

    public bool HasFastSpeed { get; init; }

    public bool TakesForcedTools { get; init; } = true;

    public bool ForgetsThinking { get; init; }

    public bool HasGeography { get; init; } = true;

    /// <summary>Whether twice the minimum has been measured.</summary>
    public bool MinimumIsDisputed { get; init; }

    /// <summary>The length of a prefix that is cached without doubt.</summary>
    public int Ample => Math.Max(1200, Minimum * (MinimumIsDisputed ? 5 : 3) / 2);
}
