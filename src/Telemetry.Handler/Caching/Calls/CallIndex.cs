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

        return parent ?? (thread != 0 && _anchors.TryPeek(Key(OfThread, thread), out var known) ? known : null);
    }

    /// <summary>Remembers a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="prompt">The hash of its whole prompt.</param>
    /// <param name="ownBytes">The bytes of its path that no other shares.</param>
    /// <param name="thread">The caller's own number of the conversation; zero where there is none.</param>
    public void Add(CallMark call, UInt128 prompt, int ownBytes, UInt128 thread)
    {
        const int CallBytes = 400;
        _anchors.Set(Key(OfPrompt, prompt), call, AnchorBytes + CallBytes + ownBytes);
        var path = call.Path;
        var messages = UInt128.Zero;
        for (var i = call.FirstMessage; i < path.Count; i++)
        {
            messages = PrefixHash.Mix(messages, path[i].Hash);
        }

        _anchors.Set(Key(OfMessages, messages), call, AnchorBytes);
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
