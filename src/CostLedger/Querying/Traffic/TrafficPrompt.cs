using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Traffic;

/// <summary>A call's prompt as a place in the tree of all prompts.</summary>
public sealed record TrafficPrompt
{
    /// <summary>The last block, as a number of <see cref="PromptTree"/>; <see cref="PromptTree.Nothing"/> where the tree does not hold the whole way to it.</summary>
    public required int Leaf { get; init; }

    /// <summary>How many blocks the prompt has.</summary>
    public required int Depth { get; init; }

    /// <summary>A number that all prompts with the same first message share; null for a prompt without messages.</summary>
    public long? Thread { get; init; }

    /// <summary>Where the request asks for the prompt to be cached, in the prompt's order.</summary>
    public IReadOnlyList<PromptBreakpoint> Breakpoints { get; init; } = [];

    /// <summary>The lifetime of the breakpoint that the provider places by itself; null when not asked for.</summary>
    public PromptLifetime? Automatic { get; init; }

    /// <summary>Whose cache it is read from, as a keyed hash; null when not known.</summary>
    public string? Scope { get; init; }

    /// <summary>The request's settings that decide what of a cached prefix can be read; null when not told.</summary>
    public string? Settings { get; init; }
}
