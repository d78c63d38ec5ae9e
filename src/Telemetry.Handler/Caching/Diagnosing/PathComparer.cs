using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Prints;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>Finds where a prompt differs from the previous one, and says what was done.</summary>
internal sealed class PathComparer(SegmentPrints prints)
{
    /// <summary>The first difference; null where the prompt is the previous one, with or without something behind it.</summary>
    public PathDifference? Compare(CallMark call, CallMark previous)
    {
        var (after, before) = (call.Path, previous.Path);
        var at = after.CommonWith(before);
        if (at == before.Count)
        {
            return null;
        }

        var isShorter = at == after.Count;
        var level = isShorter ? before[at].Level : (CacheLevel)Math.Min((byte)after[at].Level, (byte)before[at].Level);
        var cause = level switch
        {
            CacheLevel.Tools => OfTools(after, before, at),
            CacheLevel.System => OfSystem(after, before, at),
            _ when isShorter => Removed(CacheBreakReason.MessagesEdited, before[at]),
            _ => OfMessages(call, previous, at),
        };
        return new PathDifference(at, cause);
    }

    private Cause OfTools(SegmentPath after, SegmentPath before, int at)
    {
        var (isTool, wasTool) = (IsOf(after, at, CacheLevel.Tools), IsOf(before, at, CacheLevel.Tools));
        if (isTool && wasTool && AreSame(after, before, at))
        {
            return Named(CacheBreakReason.ToolsReordered, after[at], " moved");
        }

        if (!wasTool || (isTool && !Has(before, at, after[at].Hash) && Has(after, at, before[at].Hash)))
        {
            return Named(CacheBreakReason.ToolsChanged, after[at], " added");
        }

        return !isTool || (!Has(after, at, before[at].Hash) && Has(before, at, after[at].Hash))
            ? Removed(CacheBreakReason.ToolsChanged, before[at])
            : Changed(CacheBreakReason.ToolsChanged, after[at], before[at]);
    }

    private Cause OfSystem(SegmentPath after, SegmentPath before, int at)
    {
        var (isSystem, wasSystem) = (IsOf(after, at, CacheLevel.System), IsOf(before, at, CacheLevel.System));
        return !wasSystem ? Named(CacheBreakReason.SystemChanged, after[at], " added")
            : !isSystem ? Removed(CacheBreakReason.SystemChanged, before[at])
            : Changed(CacheBreakReason.SystemChanged, after[at], before[at]);
    }

    private Cause OfMessages(CallMark call, CallMark previous, int at)
    {
        var (now, was) = (call.Path[at], previous.Path[at]);
        if (now.Kind == SegmentKind.Image || was.Kind == SegmentKind.Image || call.Parameters.Images < previous.Parameters.Images)
        {
            return Changed(CacheBreakReason.ImagesChanged, now, was);
        }

        return IsThinking(now) != IsThinking(was)
            ? Named(CacheBreakReason.ThinkingChanged, now, IsThinking(was) ? " without its thinking" : "")
            : Changed(CacheBreakReason.MessagesEdited, now, was);
    }

    private Cause Changed(CacheBreakReason reason, in SegmentMark after, in SegmentMark before)
    {
        var (was, now) = (prints.Find(before.Hash), prints.Find(after.Hash));
        var (segment, at, count) = PlaceNames.OfChange(after, was, now);
        return new Cause(reason, after.Level, PlaceNames.NumberOf(after), segment, at, count)
        {
            Diff = at is { } first && was?.Text is { } old && now?.Text is { } text && first <= Math.Min(old.Length, text.Length) ? TextDiff.Of(old, text, first) : null,
        };
    }

    private Cause Removed(CacheBreakReason reason, in SegmentMark before) => Named(reason, before, " removed");

    private Cause Named(CacheBreakReason reason, in SegmentMark mark, string what) =>
        new(reason, mark.Level, PlaceNames.NumberOf(mark), PlaceNames.Of(mark, prints.Find(mark.Hash)) + what);

    private static bool IsThinking(in SegmentMark mark) => mark.Kind is SegmentKind.Thinking or SegmentKind.RedactedThinking;

    private static bool IsOf(SegmentPath path, int at, CacheLevel level) => at < path.Count && path[at].Level == level;

    private static bool Has(SegmentPath path, int from, ulong hash)
    {
        for (var i = from; i < path.Count && path[i].Level == CacheLevel.Tools; i++)
        {
            if (path[i].Hash == hash)
            {
                return true;
            }
        }

        return false;
    }

    // The same tools, each as often.
    private static bool AreSame(SegmentPath after, SegmentPath before, int from)
    {
        var (one, other) = (ToolsOf(after, from), ToolsOf(before, from));
        one.Sort();
        other.Sort();
        return one.Count == other.Count && one.SequenceEqual(other);
    }

    private static List<ulong> ToolsOf(SegmentPath path, int from)
    {
        var tools = new List<ulong>();
        for (var i = from; i < path.Count && path[i].Level == CacheLevel.Tools; i++)
        {
            tools.Add(path[i].Hash);
        }

        return tools;
    }
}
