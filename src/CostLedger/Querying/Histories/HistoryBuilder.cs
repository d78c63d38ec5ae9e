using CostLedger.Querying.Trees;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Histories;

/// <summary>
/// Puts calls into conversations by their prompts alone. Attempts at one prompt are one turn. Pure: what comes out depends on the
/// calls and the tree, and on nothing else.
/// </summary>
internal sealed class HistoryBuilder
{
    private const int PairsKept = 3;
    private const int MostTails = 8;

    private readonly IPromptTree _tree;
    private readonly PathReader _paths;
    private readonly TurnBook _book = new();
    private readonly LinkFinder _links;
    private readonly List<History> _histories = [];
    private readonly HashSet<CallId> _earlier = [];
    private readonly Dictionary<CallId, Turn> _turns = [];

    public HistoryBuilder(IPromptTree tree)
    {
        _tree = tree;
        _paths = new PathReader(tree);
        _links = new LinkFinder(tree, _paths, _book);
    }

    /// <summary>The conversations, by the time at which they began.</summary>
    public IReadOnlyList<History> Histories => _histories;

    /// <summary>What the messages of prompts are.</summary>
    public PathReader Paths => _paths;

    /// <summary>The turn of a call; null for a call that belongs to none.</summary>
    public Turn? TurnOf(CallId call) => _turns.GetValueOrDefault(call);

    /// <summary>Adds a call; earlier calls were added before.</summary>
    /// <returns>Whether it belongs to a conversation: nothing is known of a call without a prompt and without a name.</returns>
    public bool Add(TracedCall call)
    {
        var scope = new Scope(call.Session, call.Conversation);
        if (_book.OfAttempt(call) is { } tried && tried.History.Scope == scope)
        {
            Join(tried, call);
            return true;
        }

        if (call.Leaf == 0)
        {
            return scope.IsNamed && AddWithoutPrompt(call, scope);
        }

        var link = _links.Find(call, scope);
        if (link is { Kind: TurnKind.Start, Same: null } && AddEarlier(call.Leaf))
        {
            link = _links.Find(call, scope);
        }

        Join(link.Same ?? Begin(call, scope, link), call);
        return true;
    }

    private bool AddWithoutPrompt(TracedCall call, Scope scope)
    {
        var previous = _book.Named(scope)?.Turns[^1];
        Join(Begin(call, scope, new Link(previous is null ? TurnKind.Start : TurnKind.Continued, previous)), call);
        return true;
    }

    // The calls before the period on whose prompts this one builds; they are no part of the answer.
    private bool AddEarlier(long leaf)
    {
        var earlier = new List<TracedCall>();
        for (var id = leaf; _tree.Find(id) is { Level: PromptLevel.Messages } node; id = node.Parent)
        {
            earlier.AddRange(_tree.CallsBefore(id).Where(call => _earlier.Add(call.Id)));
        }

        foreach (var call in earlier.OrderBy(call => call.Id))
        {
            Add(call);
        }

        return earlier.Count > 0;
    }

    private void Join(Turn turn, TracedCall call)
    {
        turn.Calls.Add(call);
        _turns[call.Id] = turn;
        _book.Add(turn, call);
    }

    private Turn Begin(TracedCall call, Scope scope, Link link)
    {
        var history = link.Previous?.History ?? link.History ?? _book.Named(scope) ?? NewHistory(scope);
        var leaves = link.Kind == TurnKind.Forked || (link.Previous is null && history.Turns.Count > 0);
        var turn = new Turn
        {
            History = history,
            Previous = link.Previous,
            Kind = link.Kind,
            Number = (link.Previous?.Number ?? 0) + 1,
            Branch = leaves ? ++history.Branches : link.Previous?.Branch ?? 0,
            Leaf = call.Leaf,
            Message = _tree.Find(call.Leaf)?.Message ?? 0,
            Facts = call.Leaf == 0 ? default : _paths.Of(call.Leaf),
        };
        link.Previous?.IsContinued = true;
        history.Turns.Add(turn);
        _book.Add(turn);
        EnterEnd(turn);
        return turn;
    }

    private History NewHistory(Scope scope)
    {
        var history = new History(scope);
        _histories.Add(history);
        return history;
    }

    private void EnterEnd(Turn turn)
    {
        var id = turn.Leaf;
        for (var i = 0; i < MostTails && _tree.Find(id) is { Level: PromptLevel.Messages } node; i++)
        {
            if (i < PairsKept && _tree.Find(node.Parent) is { } parent && LinkFinder.PairOf(node, parent) is { } pair)
            {
                _book.AddPair(turn, pair, id);
            }

            if (i > 0 && node.Message == turn.Message)
            {
                _book.AddTail(turn, id);
            }

            if (i >= PairsKept && node.Message < turn.Message)
            {
                return;
            }

            id = node.Parent;
        }
    }
}
