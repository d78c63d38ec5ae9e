using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Tests.Storage;

/// <summary>Prompts for tests: a block is told by a number, and a prompt is a row of numbers.</summary>
internal static class SomePrompts
{
    /// <summary>The nodes of a prompt.</summary>
    public static IReadOnlyList<PromptNode> Nodes(IReadOnlyList<int> blocks)
    {
        var nodes = new List<PromptNode>();
        UInt128? parent = null;
        foreach (var block in blocks)
        {
            var chain = Chain(parent, block);
            nodes.Add(new PromptNode
            {
                Chain = chain,
                Parent = parent,
                Segment = (UInt128)block + 1,
                Level = nodes.Count == 0 ? PromptLevel.Tools : PromptLevel.Messages,
                Kind = nodes.Count == 0 ? PromptKind.Tool : PromptKind.Text,
                Role = nodes.Count == 0 ? PromptRole.None : PromptRole.User,
                Message = nodes.Count - 1,
                Bytes = block,
                TextBytes = block / 2,
                Tokens = block / 3,
                ToolName = nodes.Count == 0 ? $"tool_{block}" : null,
            });
            parent = chain;
        }

        return nodes;
    }

    /// <summary>A call without a prompt.</summary>
    public static CallRecord Bare(int number) => SomeCalls.Simple(number);

    /// <summary>A call with a prompt.</summary>
    /// <param name="number">The call's number; a later one began later.</param>
    /// <param name="blocks">The prompt.</param>
    /// <param name="known">How many of its blocks the process takes for stored.</param>
    public static CallRecord Call(int number, IReadOnlyList<int> blocks, int known = 0)
    {
        var nodes = Nodes(blocks);
        return SomeCalls.Simple(number) with
        {
            Prompt = new PromptPath
            {
                Leaf = nodes[^1].Chain,
                Depth = nodes.Count,
                Thread = (UInt128)blocks[0] + 77,
                Breakpoints = [new PromptBreakpoint(1, PromptLifetime.OneHour), new PromptBreakpoint(nodes.Count, PromptLifetime.FiveMinutes)],
                NewNodes = [.. nodes.Skip(known)],
            },
        };
    }

    // Any function without collisions among a test's few prompts.
    private static UInt128 Chain(UInt128? parent, int block) =>
        (((parent ?? 0) * 1_000_003) + (UInt128)block + 1) * UInt128.Parse("47026247687942121848144207491837523525", null);
}
