using CostLedger.Querying.Trees;

namespace CostLedger.Querying.Histories;

/// <summary>The turns so far, by what a later prompt can be recognised by.</summary>
internal sealed class TurnBook
{
    private static readonly List<Turn> None = [];

    private readonly Dictionary<(Scope Scope, long Leaf), List<Turn>> _byLeaf = [];
    private readonly Dictionary<(Scope Scope, UInt128 Messages), List<Turn>> _byMessages = [];
    private readonly Dictionary<(Scope Scope, UInt128 Pair), (Turn Turn, long Node)> _byPair = [];
    private readonly Dictionary<(Scope Scope, long Node), Turn> _byTail = [];
    private readonly Dictionary<(Scope Scope, long Root), Turn> _lastOfRoot = [];
    private readonly Dictionary<(long Leaf, Records.CallId First), Turn> _byLogicalCall = [];
    private readonly Dictionary<Scope, History> _named = [];

    /// <summary>The turns whose prompts end at a node.</summary>
    public List<Turn> EndingAt(Scope scope, long leaf) => _byLeaf.GetValueOrDefault((scope, leaf), None);

    /// <summary>The turns with these messages, under whatever tools and system prompt.</summary>
    public List<Turn> WithMessages(Scope scope, UInt128 messages) => _byMessages.GetValueOrDefault((scope, messages), None);

    /// <summary>The last turn near whose end two segments stand together, and the node of the second.</summary>
    public (Turn Turn, long Node)? EndingWith(Scope scope, UInt128 pair) => _byPair.TryGetValue((scope, pair), out var found) ? found : null;

    /// <summary>The last turn whose last message holds a node before its end.</summary>
    public Turn? WithTail(Scope scope, long node) => _byTail.GetValueOrDefault((scope, node));

    /// <summary>The last turn under the same tools and system prompt.</summary>
    public Turn? LastUnder(Scope scope, long root) => _lastOfRoot.GetValueOrDefault((scope, root));

    /// <summary>The turn that another attempt of a call is of.</summary>
    public Turn? OfAttempt(TracedCall call) => _byLogicalCall.GetValueOrDefault((call.Leaf, call.First));

    /// <summary>The conversation of a name.</summary>
    public History? Named(Scope scope) => _named.GetValueOrDefault(scope);

    /// <summary>Enters an attempt.</summary>
    public void Add(Turn turn, TracedCall call) => _byLogicalCall.TryAdd((call.Leaf, call.First), turn);

    /// <summary>Enters a turn.</summary>
    public void Add(Turn turn)
    {
        var scope = turn.History.Scope;
        if (scope.IsNamed)
        {
            _named.TryAdd(scope, turn.History);
        }

        if (turn.Leaf != 0)
        {
            ListOf(_byLeaf, (scope, turn.Leaf)).Add(turn);
            _lastOfRoot[(scope, turn.Facts.Root)] = turn;
        }

        if (turn is { Leaf: not 0, Facts.IsWhole: true })
        {
            ListOf(_byMessages, (scope, turn.Facts.Messages)).Add(turn);
        }
    }

    /// <summary>Enters two segments that stand together near a turn's end.</summary>
    public void AddPair(Turn turn, UInt128 pair, long node) => _byPair[(turn.History.Scope, pair)] = (turn, node);

    /// <summary>Enters a node of a turn's last message.</summary>
    public void AddTail(Turn turn, long node) => _byTail[(turn.History.Scope, node)] = turn;

    private static List<Turn> ListOf<TKey>(Dictionary<TKey, List<Turn>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = new List<Turn>(1);
        }

        return list;
    }
}
