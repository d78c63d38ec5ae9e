using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Calls;

/// <summary>
/// Finds the call that a prompt continues, by what both have in common: the whole earlier prompt, its messages alone (then tools
/// or system are others), or the end of its messages (then something before was edited). Where one conversation is sent to several models side by side, each goes on
/// from its own calls. For one thread at a time.
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
    /// <param name="line">The line of the call, see <see cref="CallMark.Line"/>.</param>
    /// <param name="thread">The caller's own number of the conversation; zero where there is none.</param>
    public CallMark? Find(ReadOnlySpan<UInt128> prefixes, SegmentPath path, int firstMessage, UInt128 line, UInt128 thread)
    {
        var (parent, depth) = FindPrompt(prefixes, firstMessage, line);
        var (other, otherDepth) = FindMessages(path, firstMessage, line);
        var isWhole = depth == path.Count - firstMessage;

        // The same words with another prompt before them, and a line of its own to go on from: two prompts are tried side by side.
        var isTrial = parent?.Line == line && otherDepth == path.Count - firstMessage;
        if (other is not null && otherDepth > depth && !isTrial && IsContinued(otherDepth, path, firstMessage))
        {
            return other;
        }

        if (isWhole)
        {
            // A first question that another model was asked as well: nothing goes on.
            return parent?.Line == line || path[path.Count - 1].Message > path[firstMessage].Message ? parent : null;
        }

        return FindEdited(path, firstMessage, parent, line)
            ?? (parent is not null ? FindRewritten(parent, path) ?? parent : FindCut(path, firstMessage, line) ?? OfCaller(thread));
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
            call.Follow(same);
        }

        const int TwinBytes = CallBytes + (SegmentPath.PieceLength * PathBuilder.SegmentBytes);
        _anchors.Set(Key(OfPrompt, prompt), call, AnchorBytes + CallBytes + ownBytes + (call.Twins.Length * TwinBytes));
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

    private CallMark? OfCaller(UInt128 thread) => thread != 0 && _anchors.TryPeek(Key(OfThread, thread), out var known) ? known : null;

    // The deepest prefix that is the whole prompt of an earlier call; or the deepest of the call's own line, where another line
    // has the deeper one, and both have sent the same prompt before.
    private (CallMark? Call, int Depth) FindPrompt(ReadOnlySpan<UInt128> prefixes, int firstMessage, UInt128 line)
    {
        var (deepest, depth) = (default(CallMark), 0);
        for (var i = prefixes.Length - 1; i >= firstMessage; i--)
        {
            if (!_anchors.TryPeek(Key(OfPrompt, prefixes[i]), out var call))
            {
                continue;
            }

            if (deepest is null)
            {
                (deepest, depth) = (call, i + 1 - firstMessage);
            }

            if (call.OfLine(line) is { } own)
            {
                var isOwn = ReferenceEquals(call, deepest) || depth == prefixes.Length - firstMessage || call.OfLine(deepest.Line) is not null;
                return (isOwn ? own : deepest, depth);
            }
        }

        return (deepest, depth);
    }

    private (CallMark? Call, int Depth) FindMessages(SegmentPath path, int firstMessage, UInt128 line)
    {
        var (messages, found, depth) = (UInt128.Zero, default(CallMark), 0);
        for (var i = firstMessage; i < path.Count; i++)
        {
            messages = PrefixHash.Mix(messages, path[i].Hash);
            if (_anchors.TryPeek(Key(OfMessages, messages), out var call))
            {
                (found, depth) = (call.OfLine(line) ?? call, i + 1 - firstMessage);
            }
        }

        return (found, depth);
    }

    // Many conversations begin with the same words: one message alone ties a prompt to another only where more follows.
    private static bool IsContinued(int depth, SegmentPath path, int firstMessage) =>
        depth < path.Count - firstMessage || path[firstMessage + depth - 1].Message > path[firstMessage].Message;

    // The end of an earlier prompt's messages stands in this one, behind the place where both begin to differ.
    private CallMark? FindEdited(SegmentPath path, int firstMessage, CallMark? parent, UInt128 line)
    {
        var least = parent?.Path.Count ?? firstMessage;
        var (checks, others) = (0, default(CallMark));
        for (var i = path.Count - 1; i > least && i >= path.Count - MaxPairs && checks < MaxChecks; i--)
        {
            if (!_anchors.TryPeek(PairAt(path, i), out var last))
            {
                continue;
            }

            var call = last.OfLine(line) ?? last;
            if (ReferenceEquals(call, others) || !MayBeEdited(call, firstMessage, parent, line))
            {
                continue;
            }

            checks++;
            var isEdited = IsEdited(call.Path, path, i, least);
            if (isEdited && call.Line == line)
            {
                return others is null || last.OfLine(others.Line) is not null ? call : others;
            }

            others ??= isEdited ? call : null;
        }

        return others;
    }

    private static bool MayBeEdited(CallMark call, int firstMessage, CallMark? parent, UInt128 line) =>
        !ReferenceEquals(call, parent) && call.FirstMessage == firstMessage && (parent?.Line != line || call.Line == line);

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
    private CallMark? FindCut(SegmentPath path, int firstMessage, UInt128 line)
    {
        for (var i = path.Count - 1; i >= firstMessage && i >= path.Count - MaxPairs; i--)
        {
            if (path[i].Message < path[path.Count - 1].Message && path[i].Weight >= LeastEvidence
                && _anchors.TryPeek(Key(OfEnd, path[i].Hash), out var call)
                && call.FirstMessage == firstMessage && path.CommonWith(call.Path) >= firstMessage)
            {
                return call.OfLine(line) ?? call;
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
