using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Calls;

/// <summary>
/// Finds the call that a prompt continues, by what both have in common: the whole earlier prompt, its messages alone (then tools
/// or system are others), or the end of its messages (then something before was edited). For one thread at a time.
/// </summary>
internal sealed class CallIndex(long capacity)
{
    private const int MaxPairs = 256;
    private const int PairsKept = 3;
    private const int MaxChecks = 4;

    // Tokens, frames included.
    private const int LeastEvidence = 32;
    private const int AnchorBytes = 80;
    private const ulong OfPrompt = 1;
    private const ulong OfMessages = 2;
    private const ulong OfPair = 3;
    private const ulong OfThread = 4;
    private const ulong OfEnd = 5;
    private const int MostAnswers = 8;

    private readonly TwoGenerations<UInt128, CallMark> _anchors = new(capacity);

    /// <summary>Finds the call of the conversation that was before.</summary>
    /// <param name="prefixes">The hashes of the prompt's prefixes.</param>
    /// <param name="path">The prompt.</param>
    /// <param name="firstMessage">Where its messages begin.</param>
    /// <param name="thread">The caller's own number of the conversation; zero where there is none.</param>
    public CallMark? Find(ReadOnlySpan<UInt128> prefixes, SegmentPath path, int firstMessage, UInt128 thread)
    {
        var (parent, depth) = FindPrompt(prefixes, firstMessage);
        var (other, otherDepth) = FindMessages(path, firstMessage);
        if (other is not null && otherDepth > depth && IsContinued(otherDepth, path, firstMessage))
        {
            return other;
        }

        if (depth == path.Count - firstMessage)
        {
            return parent;
        }

        if (FindEdited(path, firstMessage, parent) is { } edited)
        {
            return edited;
        }

        return parent is not null ? FindRewritten(parent, path) ?? parent
            : FindCut(path, firstMessage) ?? (thread != 0 && _anchors.TryPeek(Key(OfThread, thread), out var known) ? known : null);
    }

    /// <summary>Remembers a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="prompt">The hash of its whole prompt.</param>
    /// <param name="ownBytes">The bytes of its path that no other shares.</param>
    /// <param name="thread">The caller's own number of the conversation; zero where there is none.</param>
    public void Add(CallMark call, UInt128 prompt, int ownBytes, UInt128 thread)
    {
        const int CallBytes = 400;
        if (_anchors.TryPeek(Key(OfPrompt, prompt), out var same))
        {
            (call.Asked, call.Answers) = (same.Asked + 1, same.Answers);
        }

        _anchors.Set(Key(OfPrompt, prompt), call, AnchorBytes + CallBytes + ownBytes);
        var path = call.Path;
        call.Thread.Latest = call;
        if (call.Previous is { } previous && path.Count > previous.Path.Count && path.CommonWith(previous.Path) == previous.Path.Count)
        {
            AddAnswer(previous, AnswerAt(path, previous.Path.Count));
        }

        var messages = UInt128.Zero;
        for (var i = call.FirstMessage; i < path.Count; i++)
        {
            messages = PrefixHash.Mix(messages, path[i].Hash);
        }

        _anchors.Set(Key(OfMessages, messages), call, AnchorBytes);
        if (path.Count > call.FirstMessage && path[path.Count - 1].Weight >= LeastEvidence)
        {
            _anchors.Set(Key(OfEnd, path[path.Count - 1].Hash), call, AnchorBytes);
        }

        for (var i = path.Count - 1; i > call.FirstMessage && i >= path.Count - PairsKept; i--)
        {
            _anchors.Set(PairAt(path, i), call, AnchorBytes);
        }

        if (thread != 0)
        {
            _anchors.Set(Key(OfThread, thread), call, AnchorBytes);
        }
    }

    // The deepest prefix that is the whole prompt of an earlier call.
    private (CallMark? Call, int Depth) FindPrompt(ReadOnlySpan<UInt128> prefixes, int firstMessage)
    {
        for (var i = prefixes.Length - 1; i >= firstMessage; i--)
        {
            if (_anchors.TryPeek(Key(OfPrompt, prefixes[i]), out var call))
            {
                return (call, i + 1 - firstMessage);
            }
        }

        return (null, 0);
    }

    private (CallMark? Call, int Depth) FindMessages(SegmentPath path, int firstMessage)
    {
        var (messages, found, depth) = (UInt128.Zero, default(CallMark), 0);
        for (var i = firstMessage; i < path.Count; i++)
        {
            messages = PrefixHash.Mix(messages, path[i].Hash);
            if (_anchors.TryPeek(Key(OfMessages, messages), out var call))
            {
                (found, depth) = (call, i + 1 - firstMessage);
            }
        }

        return (found, depth);
    }

    // Many conversations begin with the same words: one message alone ties a prompt to another only where more follows.
    private static bool IsContinued(int depth, SegmentPath path, int firstMessage) =>
        depth < path.Count - firstMessage || path[firstMessage + depth - 1].Message > path[firstMessage].Message;

    // The end of an earlier prompt's messages stands in this one, behind the place where both begin to differ.
    private CallMark? FindEdited(SegmentPath path, int firstMessage, CallMark? parent)
    {
        var least = parent?.Path.Count ?? firstMessage;
        var checks = 0;
        for (var i = path.Count - 1; i > least && i >= path.Count - MaxPairs && checks < MaxChecks; i--)
        {
            if (_anchors.TryPeek(PairAt(path, i), out var call) && !ReferenceEquals(call, parent) && call.FirstMessage == firstMessage)
            {
                checks++;
                if (IsEdited(call.Path, path, i, least))
                {
                    return call;
                }
            }
        }

        return null;
    }

    // The prompt goes on from an earlier one otherwise than its conversation did. Whoever asks again gets another answer, and who
    // takes back a message sends another at its place, and no more. What is neither is a history that was rewritten.
    private static CallMark? FindRewritten(CallMark parent, SegmentPath path)
    {
        if (parent.Thread.Latest is not { } latest || ReferenceEquals(latest, parent) || latest.FirstMessage != parent.FirstMessage)
        {
            return null;
        }

        var common = path.CommonWith(latest.Path);
        if (common < parent.Path.Count || common >= Math.Min(latest.Path.Count, path.Count))
        {
            return null;
        }

        var isKnown = parent.Answers is { } answers && answers.Contains(AnswerAt(path, parent.Path.Count));
        var isRewritten = isKnown
            ? path[path.Count - 1].Message > path[common].Message
            : parent.Answers?.Count >= parent.Asked;
        return isRewritten ? latest : null;
    }

    // The beginning of the messages is gone: the last thing that was said before stands somewhere in the prompt.
    private CallMark? FindCut(SegmentPath path, int firstMessage)
    {
        for (var i = path.Count - 1; i >= firstMessage && i >= path.Count - MaxPairs; i--)
        {
            if (path[i].Message < path[path.Count - 1].Message && path[i].Weight >= LeastEvidence
                && _anchors.TryPeek(Key(OfEnd, path[i].Hash), out var call)
                && call.FirstMessage == firstMessage && path.CommonWith(call.Path) >= firstMessage)
            {
                return call;
            }
        }

        return null;
    }

    // All that was said in the message that begins at a segment.
    private static UInt128 AnswerAt(SegmentPath path, int index)
    {
        var hash = UInt128.Zero;
        for (var i = index; i < path.Count && path[i].Message == path[index].Message; i++)
        {
            hash = PrefixHash.Mix(hash, path[i].Hash);
        }

        return hash;
    }

    private static void AddAnswer(CallMark call, UInt128 answer)
    {
        var answers = call.Answers ??= [];
        if (answers.Count < MostAnswers && !answers.Contains(answer))
        {
            answers.Add(answer);
        }
    }

    // Conversations share phrases. An edited one has the same tools, system and ancestors, and most of what follows the difference.
    private static bool IsEdited(SegmentPath earlier, SegmentPath path, int at, int least)
    {
        var common = path.CommonWith(earlier);
        if (common < least || at <= common)
        {
            return false;
        }

        var end = earlier.Count - 1;
        while (end > common && earlier[end].Hash != path[at].Hash)
        {
            end--;
        }

        var matched = 0L;
        for (var back = 0; end - back > common && at - back >= common && earlier[end - back].Hash == path[at - back].Hash; back++)
        {
            matched += path[at - back].Weight;
        }

        return matched >= LeastEvidence && 2 * matched >= Math.Min(WeightOf(earlier, common, end), WeightOf(path, common, at));
    }

    private static long WeightOf(SegmentPath path, int first, int last)
    {
        var weight = 0L;
        for (var i = first; i <= last; i++)
        {
            weight += path[i].Weight;
        }

        return weight;
    }

    private static UInt128 PairAt(SegmentPath path, int index) => Key(OfPair, new UInt128(path[index - 1].Hash, path[index].Hash));

    private static UInt128 Key(ulong kind, UInt128 value) => value ^ new UInt128(kind * 0x9E3779B97F4A7C15, kind);
}
