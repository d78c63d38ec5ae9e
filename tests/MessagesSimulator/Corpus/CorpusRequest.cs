namespace MessagesSimulator.Corpus;

/// <summary>One request of a case, to be sent at its time.</summary>
public sealed record CorpusRequest
{
    /// <summary>When it starts, from the start of the case.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>How long after that its answer begins.</summary>
    public required TimeSpan AnswerAfter { get; init; }

    /// <summary>The body, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The key, which is an organisation of its own.</summary>
    public required string Key { get; init; }

    /// <summary>The header <c>anthropic-workspace-id</c>; null: none.</summary>
    public string? Workspace { get; init; }

    /// <summary>The header <c>anthropic-beta</c>; empty: none.</summary>
    public string Betas { get; init; } = "";

    /// <summary>How many of the key's entries, the longest first, the provider loses before it.</summary>
    public int EvictsBefore { get; init; }

    /// <summary>How many tokens read its answer does not tell.</summary>
    public int Conceals { get; init; }

    /// <summary>The tokens it reads from the cache, by the documentation.</summary>
    public required int ReadTokens { get; init; }

    /// <summary>The tokens of its prompt up to its last breakpoint; 0: it has none.</summary>
    public required int MarkedTokens { get; init; }
}
