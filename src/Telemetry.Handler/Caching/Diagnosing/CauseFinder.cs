using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Caching.Prints;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>
/// Finds the one reason why a conversation lost what it had in the cache. The first lost entry decides: what expired is lost
/// whatever else was done; then comes what the client changed, in the order in which it loses most; then where it put its
/// breakpoints; and if there is nothing, it was the provider.
/// </summary>
internal sealed class CauseFinder(SegmentPrints prints)
{
    // Estimated tokens of entries in the middle of a prompt may be off by so much.
    private const double Doubt = 0.2;

    private const CacheDimensions ModelSpecific = CacheDimensions.Thinking | CacheDimensions.Effort | CacheDimensions.Format;

    /// <summary>The cause of a loss.</summary>
    /// <param name="comparison">The call and the previous one.</param>
    /// <param name="read">The tokens that were read.</param>
    public Cause Find(Comparison comparison, long read)
    {
        if (FirstLost(comparison.Places, read) is not { } lost)
        {
            return new Cause(CacheBreakReason.Unknown, CacheLevel.Messages, 0, "");
        }

        if (lost.IsExpired)
        {
            return At(comparison.Previous.Path, lost.Index, lost.Expiry);
        }

        var deepest = comparison.Places[^1];
        return OfClient(comparison, lost, deepest)
            ?? OfClearing(comparison, read)
            ?? OfReach(comparison, lost)
            ?? At(comparison.Previous.Path, lost.Index, OfOthers(comparison, lost));
    }

    private static EarlierPlace? FirstLost(EarlierPlace[] places, long read)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var least = places[i].IsExact ? Shortfall.Tolerance(places[i].Tokens) : places[i].Tokens * Doubt;
            if (i == places.Length - 1 || places[i].Tokens - least > read)
            {
                return places[i];
            }
        }

        return null;
    }

    private Cause? OfClient(Comparison comparison, in EarlierPlace lost, in EarlierPlace deepest)
    {
        var path = comparison.Previous.Path;
        var (lostLevel, deepestLevel) = (path[lost.Index].Level, path[deepest.Index].Level);
        var differing = comparison.Differing | (comparison.IsOtherModel ? CacheDimensions.Model : CacheDimensions.None);
        differing &= comparison.IsCleared ? ~CacheDimensions.ContextManagement : differing;
        var whole = CacheDimensions.Workspace | CacheDimensions.Model | CacheDimensions.Location;
        return ParameterComparer.Find(differing, whole, comparison.Call.Path, lostLevel)
            ?? OfDifference(comparison, lost.Index)
            ?? ParameterComparer.Find(differing, ParameterComparer.ThatLose(lostLevel), comparison.Call.Path, lostLevel)
            ?? OfStripped(comparison, deepest.Index)
            ?? OfDifference(comparison, deepest.Index)
            ?? ParameterComparer.Find(differing, ParameterComparer.ThatLose(deepestLevel) | ModelSpecific, comparison.Call.Path, lostLevel);
    }

    private static Cause? OfDifference(Comparison comparison, int index) =>
        comparison.Difference is { } difference && difference.At <= index ? difference.Cause : null;

    private Cause? OfStripped(Comparison comparison, int index) =>
        comparison.Stripped >= 0 && comparison.Stripped <= index
            ? At(comparison.Previous.Path, comparison.Stripped, CacheBreakReason.ThinkingChanged)
            : null;

    // What is cleared is the oldest that a tool returned, or that was thought. What could still be read stands before it.
    private Cause? OfClearing(Comparison comparison, long read)
    {
        if (!comparison.IsCleared)
        {
            return null;
        }

        var (path, from) = (comparison.Previous.Path, comparison.Previous.FirstMessage);
        foreach (var place in comparison.Places)
        {
            from = place.Tokens - Shortfall.Tolerance(place.Tokens) <= read ? Math.Max(from, place.Index + 1) : from;
        }

        var at = from;
        while (at < path.Count && path[at].Kind is not (SegmentKind.ToolResult or SegmentKind.Thinking or SegmentKind.RedactedThinking))
        {
            at++;
        }

        var cause = At(path, Math.Min(at < path.Count ? at : from, path.Count - 1), CacheBreakReason.MessagesEdited);
        return cause with { Segment = cause.Segment + " cleared by context_management" };
    }

    // Whether a breakpoint looks back as far as what is lost.
    private Cause? OfReach(Comparison comparison, in EarlierPlace lost)
    {
        var (isBehind, isReached) = (false, false);
        foreach (var place in comparison.Call.Places)
        {
            isBehind |= place.Index >= lost.Index;
            isReached |= place.Index >= lost.Index && place.Index - lost.Index < CacheRules.Lookback;
        }

        if (isReached)
        {
            return null;
        }

        var path = comparison.Previous.Path;
        if (!isBehind)
        {
            return At(path, lost.Index, CacheBreakReason.BreakpointMoved);
        }

        // The last breakpoint moves on with the conversation; one before it is meant to stay.
        var isLast = lost.Index == comparison.Places[^1].Index;
        return At(path, lost.Index, isLast ? CacheBreakReason.LookbackExceeded : CacheBreakReason.BreakpointMoved);
    }

    private static CacheBreakReason OfOthers(Comparison comparison, in EarlierPlace lost) =>
        lost.State == EntryState.Pending ? CacheBreakReason.ConcurrentFirstWrite
        : lost.MayBeExpired ? lost.Expiry
        : comparison.Previous.IsCachedDoubtful ? CacheBreakReason.Unknown
        : CacheBreakReason.ProviderEvicted;

    private Cause At(SegmentPath path, int index, CacheBreakReason reason) =>
        new(reason, path[index].Level, PlaceNames.NumberOf(path[index]), PlaceNames.Of(path[index], prints.Find(path[index].Hash)));
}
