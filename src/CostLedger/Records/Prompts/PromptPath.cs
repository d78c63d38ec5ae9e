namespace CostLedger.Records.Prompts;

/// <summary>
/// A call's prompt as a path in the tree of all prompts, from the first tool to the last block of the last message: the key of
/// its end, and what the ledger may not know of the way there yet. Holds no content.
/// </summary>
public sealed record PromptPath
{
    /// <summary>The most nodes that a record should carry. The rest goes with the conversation's next call.</summary>
    public const int MaxNewNodes = 8192;

    /// <summary>The <see cref="PromptNode.Chain"/> of the last block.</summary>
    public required UInt128 Leaf { get; init; }

    /// <summary>How many blocks the prompt has.</summary>
    public required int Depth { get; init; }

    /// <summary>
    /// Keyed hash of the first message alone, without tools and system: the turns of one conversation share it, also when the
    /// system prompt changes meanwhile. Null for a prompt without messages.
    /// </summary>
    public UInt128? Thread { get; init; }

    /// <summary>Where the request asks for the prompt to be cached, in the prompt's order; empty when nowhere.</summary>
    public IReadOnlyList<PromptBreakpoint> Breakpoints { get; init; } = [];

    /// <summary>The lifetime of the breakpoint that the provider is to place by itself (automatic caching); null when not asked for.</summary>
    public PromptLifetime? Automatic { get; init; }

    /// <summary>Whose cache it is read from, as a keyed hash; null when not known.</summary>
    public string? Scope { get; init; }

    /// <summary>The request's settings that decide what of a cached prefix can be read, in one short text; null when not told.</summary>
    public string? Settings { get; init; }

    /// <summary>
    /// The blocks that this process has not seen stored yet, parents before children. All that precede the first of them are
    /// expected to be in the ledger; what is missing there becomes a hole, which readers see.
    /// </summary>
    public IReadOnlyList<PromptNode> NewNodes { get; init; } = [];

    /// <summary>Compares all members, the lists one by one.</summary>
    /// <param name="other">The other path.</param>
    /// <returns>Whether all are equal.</returns>
    public bool Equals(PromptPath? other) => other is not null
        && (Leaf, Depth, Thread, Automatic, Scope, Settings) == (other.Leaf, other.Depth, other.Thread, other.Automatic, other.Scope, other.Settings)
        && Breakpoints.SequenceEqual(other.Breakpoints)
        && NewNodes.SequenceEqual(other.NewNodes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Leaf, Depth, Thread);
}
