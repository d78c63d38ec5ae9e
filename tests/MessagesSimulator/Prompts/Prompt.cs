using MessagesSimulator.Models;

namespace MessagesSimulator.Prompts;

/// <summary>A request as the API understands it.</summary>
internal sealed record Prompt
{
    public required ModelCard Model { get; init; }

    public required IReadOnlyList<PromptBlock> Blocks { get; init; }

    /// <summary>The breakpoints, as positions in <see cref="Blocks"/> in rising order, the automatic one included.</summary>
    public required IReadOnlyList<(int Position, CacheTtl Ttl)> Breakpoints { get; init; }

    /// <summary>All tokens of the prompt, those behind the last block included.</summary>
    public required int Tokens { get; init; }

    public required RequestSettings Settings { get; init; }

    /// <summary>The text of the last message's last text block; empty when there is none.</summary>
    public required string LastText { get; init; }

    /// <summary>A number that depends on the whole prompt and on nothing else.</summary>
    public int Seed => Blocks.Count == 0 ? 0 : Convert.ToInt32(Blocks[^1].PrefixHash[..7], 16);
}
