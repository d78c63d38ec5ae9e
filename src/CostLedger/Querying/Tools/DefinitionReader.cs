using CostLedger.Querying.Trees;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Tools;

/// <summary>The definitions of tools before a prompt's messages, each prefix read once.</summary>
internal sealed class DefinitionReader(IPromptTree tree)
{
    private readonly Dictionary<long, Definition[]> _known = [];

    /// <summary>The definitions, in the prompt's order.</summary>
    /// <param name="root">The last node before the messages.</param>
    public Definition[] Of(long root)
    {
        if (_known.TryGetValue(root, out var known))
        {
            return known;
        }

        var definitions = new List<Definition>();
        for (var id = root; tree.Find(id) is { } node; id = node.Parent)
        {
            if (node.Level == PromptLevel.Tools)
            {
                definitions.Add(new Definition(node.Tool, node.Tokens, node.Kind == PromptKind.ProviderTool));
            }
        }

        definitions.Reverse();
        return _known[root] = [.. definitions];
    }

    /// <summary>A tool's definition.</summary>
    /// <param name="Tool">The tool's name, an id in <c>strings</c>; 0 for none.</param>
    /// <param name="Tokens">Its tokens, as first counted.</param>
    /// <param name="IsServer">Whether the provider runs it.</param>
    internal readonly record struct Definition(long Tool, int Tokens, bool IsServer);
}
