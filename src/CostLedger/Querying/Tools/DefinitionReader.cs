using CostLedger.Querying.Trees;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Tools;

/// <summary>What stands before a prompt's messages, each prefix read once.</summary>
internal sealed class DefinitionReader(IPromptTree tree)
{
    private readonly Dictionary<long, Head> _known = [];

    /// <summary>The definitions of tools, in the prompt's order, and the tokens of all before the messages.</summary>
    /// <param name="root">The last node before the messages.</param>
    public Head Of(long root)
    {
        if (_known.TryGetValue(root, out var known))
        {
            return known;
        }

        var definitions = new List<Definition>();
        var (id, tokens) = (root, 0L);
        for (; tree.Find(id) is { } node; id = node.Parent)
        {
            tokens += node.Tokens;
            if (node.Level == PromptLevel.Tools)
            {
                definitions.Add(new Definition(node.Tool, node.Tokens, node.Kind == PromptKind.ProviderTool));
            }
        }

        definitions.Reverse();
        return _known[root] = new Head([.. definitions], tokens, id == 0);
    }

    /// <summary>What stands before the messages.</summary>
    /// <param name="Definitions">The tools.</param>
    /// <param name="Tokens">The tokens of all of it, as first counted.</param>
    /// <param name="IsWhole">Whether the ledger holds all of it.</param>
    internal sealed record Head(Definition[] Definitions, long Tokens, bool IsWhole);

    /// <summary>A tool's definition.</summary>
    /// <param name="Tool">The tool's name, an id in <c>strings</c>; 0 for none.</param>
    /// <param name="Tokens">Its tokens, as first counted.</param>
    /// <param name="IsServer">Whether the provider runs it.</param>
    internal readonly record struct Definition(long Tool, int Tokens, bool IsServer);
}
