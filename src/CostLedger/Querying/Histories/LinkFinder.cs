using CostLedger.Querying.Trees;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Histories;

/// <summary>
/// Finds the turn that a prompt continues: the deepest earlier prompt that it begins with; else the same messages under other tools
/// or another system prompt; else the end of an earlier prompt behind an edit; else what a summary may stand for.
/// </summary>
internal sealed class LinkFinder(IPromptTree tree, PathReader paths, TurnBook book)
{
    // The same body within this time is another attempt, as with attempts that nothing else ties.
    private const long RetryUs = 120_000_000;

    // Many conversations hold the same short words; what is longer is not said twice by chance.
    private const int LeastEvidence = 32;
    private const int MostPairs = 64;
    private const int LeastSummary = 64;

    // Of prompts that are the same, the last ones are looked at.
    private const int MostAlike = 1024;

    /// <summary>Finds it.</summary>
    public Link Find(TracedCall call, Scope scope)
    {
        var facts = paths.Of(call.Leaf);
        var same = book.EndingAt(scope, call.Leaf);
        if (same.Count > 0 && same[^1] is { IsContinued: false, IsAnswered: false } failed && call.StartUs - failed.Calls[^1].EndUs <= RetryUs)
        {
            return new Link(failed.Kind, failed.Previous) { Same = failed };
        }

        var (ancestors, at, answer) = FindAncestors(call.Leaf, scope);
        if (Pick(ancestors, call, answer, continued: false) is { } tip)
        {
            return new Link(HasSummary(facts, tip) ? TurnKind.Compacted : TurnKind.Continued, tip);
        }

        if (same.Count > 0 && (ancestors.Count > 0 || scope.IsNamed))
        {
            return new Link(same[^1].Kind, same[^1].Previous) { Same = same[^1] };
        }

        var claimed = Pick(ancestors, call, answer, continued: true);
        return FindTail(call, scope)
            ?? FindReframed(call, scope, facts, at)
            ?? FindEdited(call, scope, facts, claimed)
            ?? (claimed is not null ? new Link(TurnKind.Forked, claimed) : FindSummarised(call, scope, facts));
    }

    /// <summary>The hash of two segments that stand together; null where they are no messages.</summary>
    public static UInt128? PairOf(in TreeNode node, in TreeNode parent) =>
        parent.Level == PromptLevel.Messages ? unchecked((parent.Segment * 31) + node.Segment) : null;

    // The deepest node at which earlier prompts end, and the tokens of the answer behind it.
    private (List<Turn> Turns, long At, long Answer) FindAncestors(long leaf, Scope scope)
    {
        var answer = 0L;
        for (var (id, below) = (leaf, default(TreeNode?)); tree.Find(id) is { Level: PromptLevel.Messages } node; (id, below) = (node.Parent, node))
        {
            if (below is { } next && next.Message > node.Message && book.EndingAt(scope, id) is { Count: > 0 } turns)
            {
                return (turns, id, answer);
            }

            answer = node.Role == PromptRole.Assistant ? answer + node.Tokens : 0;
        }

        return ([], 0, 0);
    }

    // Of several that end alike, as greetings do, the one whose answer is most like what stands here; else the latest.
    private static Turn? Pick(List<Turn> turns, TracedCall call, long answer, bool continued)
    {
        Turn? best = null;
        for (var i = turns.Count - 1; i >= Math.Max(0, turns.Count - MostAlike); i--)
        {
            var turn = turns[i];
            if (turn.IsContinued == continued && turn.IsAnswered && (best is null || IsNearer(turn, best, call, answer)))
            {
                best = turn;
            }
        }

        return best;
    }

    private static bool IsNearer(Turn turn, Turn best, TracedCall call, long answer)
    {
        var (isOver, bestIsOver) = (turn.Answer.EndUs <= call.StartUs, best.Answer.EndUs <= call.StartUs);
        if (isOver != bestIsOver)
        {
            return isOver;
        }

        var (distance, bestDistance) = (Distance(turn, answer), Distance(best, answer));
        return distance == bestDistance ? turn.Answer.EndUs > best.Answer.EndUs : distance < bestDistance;
    }

    private static long Distance(Turn turn, long answer) => turn.Answer.VisibleOutput is { } told ? Math.Abs(told - answer) : long.MaxValue;

    private static bool HasSummary(in PathFacts facts, Turn previous) => facts.Compactions > previous.Facts.Compactions;

    // The last message of the earlier prompt lost its end: a reminder that is only for the moment, for example.
    private Link? FindTail(TracedCall call, Scope scope)
    {
        for (var (id, below) = (call.Leaf, default(TreeNode?)); tree.Find(id) is { Level: PromptLevel.Messages } node; (id, below) = (node.Parent, node))
        {
            if (below is { } next && next.Message > node.Message && book.WithTail(scope, id) is { IsContinued: false, IsAnswered: true } turn && turn.Leaf != call.Leaf)
            {
                return new Link(TurnKind.Edited, turn);
            }

            if (book.EndingAt(scope, id).Count > 0 && below is not null)
            {
                return null;
            }
        }

        return null;
    }

    private Link? FindReframed(TracedCall call, Scope scope, in PathFacts facts, long until)
    {
        if (facts is { IsWhole: true, Answers: > 0 } && OfOtherRoot(book.WithMessages(scope, facts.Messages), facts.Root) is [.., var again])
        {
            return Link.Again(TurnKind.Reframed, again);
        }

        var answer = 0L;
        for (var (id, below) = (call.Leaf, default(TreeNode?)); id != until && tree.Find(id) is { Level: PromptLevel.Messages } node; (id, below) = (node.Parent, node))
        {
            if (below is { } next && next.Message > node.Message && PickReframed(call, scope, paths.Of(id), answer, facts.Root) is { } turn)
            {
                return new Link(HasSummary(facts, turn) ? TurnKind.Compacted : TurnKind.Reframed, turn);
            }

            answer = node.Role == PromptRole.Assistant ? answer + node.Tokens : 0;
        }

        return null;
    }

    // One message alone ties a prompt to another only where nothing else continued that yet.
    private Turn? PickReframed(TracedCall call, Scope scope, in PathFacts here, long answer, long root)
    {
        if (!here.IsWhole)
        {
            return null;
        }

        var turns = OfOtherRoot(book.WithMessages(scope, here.Messages), root);
        return Pick(turns, call, answer, continued: false) ?? (here.Answers > 0 ? Pick(turns, call, answer, continued: true) : null);
    }

    private static List<Turn> OfOtherRoot(List<Turn> turns, long root)
    {
        var others = new List<Turn>();
        for (var i = Math.Max(0, turns.Count - MostAlike); i < turns.Count; i++)
        {
            if (turns[i].Facts.Root != root)
            {
                others.Add(turns[i]);
            }
        }

        return others;
    }

    // The end of an earlier prompt stands in this one, behind the place where they begin to differ.
    private Link? FindEdited(TracedCall call, Scope scope, in PathFacts facts, Turn? claimed)
    {
        var id = call.Leaf;
        for (var i = 0; i < MostPairs && tree.Find(id) is { Level: PromptLevel.Messages } node; i++)
        {
            if (tree.Find(node.Parent) is { } parent && PairOf(node, parent) is { } pair && book.EndingWith(scope, pair) is { } found
                && found.Node != id && IsOfSame(found.Turn, call, facts, claimed)
                && (node.Tokens + parent.Tokens >= LeastEvidence || IsLongRun(claimed, id, found.Node)))
            {
                var kind = facts.Tokens * 2 <= found.Turn.Facts.Tokens ? TurnKind.Compacted : TurnKind.Edited;
                return i == 0 ? Link.Again(kind, found.Turn) : new Link(kind, found.Turn);
            }

            id = node.Parent;
        }

        return null;
    }

    // Short words that stand together are evidence where as many of them do as of longer ones.
    private bool IsLongRun(Turn? claimed, long one, long other)
    {
        var tokens = 0L;
        for (var i = 0; claimed is not null && i < MostPairs && one != other && tokens < LeastEvidence; i++)
        {
            if (tree.Find(one) is not { Level: PromptLevel.Messages } node || tree.Find(other) is not { } same || node.Segment != same.Segment)
            {
                return false;
            }

            (one, other, tokens) = (node.Parent, same.Parent, tokens + node.Tokens);
        }

        return tokens >= LeastEvidence;
    }

    private static bool IsOfSame(Turn turn, TracedCall call, in PathFacts facts, Turn? claimed) => claimed is not null
        ? turn.History == claimed.History && turn != claimed
        : turn.Facts.First == facts.First || (!turn.IsContinued && turn.Answer.EndUs <= call.StartUs);

    // A client's own summary leaves nothing to compare. It is as long as the answer that wrote it, and much shorter than what it stands for.
    private Link FindSummarised(TracedCall call, Scope scope, in PathFacts facts)
    {
        if (!scope.IsTold || book.LastUnder(scope, facts.Root) is not { IsContinued: false } turn || turn.Answer.EndUs > call.StartUs)
        {
            return facts.Compactions > 0 ? new Link(TurnKind.Compacted, null) : Link.Start;
        }

        var isShorter = facts.Tokens * 2 <= turn.Facts.Tokens;
        var isSummary = turn.Answer.VisibleOutput is >= LeastSummary and var summary && facts.FirstTokens >= summary * 0.6 && facts.FirstTokens <= summary * 4;
        return facts.Compactions > turn.Facts.Compactions || (isShorter && (isSummary || scope.IsNamed))
            ? new Link(TurnKind.Compacted, turn)
            : Link.Start;
    }
}
