using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Trees;

/// <summary>Sums up prompts along the tree, each node once.</summary>
internal sealed class PathReader(IPromptTree tree)
{
    // Any odd number with bits everywhere: what is mixed are keyed hashes already.
    private static readonly UInt128 Factor = new(0x9E3779B97F4A7C15, 0xF39CC0605CEDC835);

    private readonly Dictionary<long, PathFacts> _known = [];
    private readonly List<(long Id, TreeNode Node)> _path = [];

    /// <summary>What the messages are up to a node.</summary>
    public PathFacts Of(long node)
    {
        if (_known.TryGetValue(node, out var facts))
        {
            return facts;
        }

        _path.Clear();
        facts = default;
        var id = node;
        for (; !_known.TryGetValue(id, out facts); id = _path[^1].Node.Parent)
        {
            // No parent at all is the end of a prompt without tools and system; a parent that cannot be found is a hole.
            var found = tree.Find(id);
            if (found is not { Level: PromptLevel.Messages } message)
            {
                var isWhole = id == 0 || found is not null;
                facts = new PathFacts(default, default, isWhole ? id : 0, 0, 0, 0, 0, isWhole);
                break;
            }

            _path.Add((id, message));
        }

        for (var i = _path.Count - 1; i >= 0; i--)
        {
            var before = i + 1 < _path.Count ? _path[i + 1].Node : default(TreeNode?);
            facts = Add(facts, _path[i].Node, before ?? tree.Find(_path[i].Node.Parent));
            _known[_path[i].Id] = facts;
        }

        return facts;
    }

    private static PathFacts Add(in PathFacts before, in TreeNode node, in TreeNode? previous)
    {
        var isNewMessage = previous is not { Level: PromptLevel.Messages } last || last.Message != node.Message;
        var isFirst = node.Message == 0;
        return before with
        {
            Messages = ((before.Messages + node.Segment) * Factor) + (UInt128)(int)node.Role + (isNewMessage ? 16u : 0u),
            First = isFirst && before.First == default ? node.Segment : before.First,
            Answers = before.Answers + (isNewMessage && node.Role == PromptRole.Assistant ? 1 : 0),
            Compactions = before.Compactions + (node.Kind == PromptKind.Compaction ? 1 : 0),
            Tokens = before.Tokens + node.Tokens,
            FirstTokens = before.FirstTokens + (isFirst ? node.Tokens : 0),
        };
    }
}
