using CostLedger.Records;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Caching.Prints;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>Decides whether something was lost: first for the conversation, then for whoever sent the same prefix before.</summary>
internal sealed class BreakJudge(CauseFinder causes, SegmentPrints prints)
{
    /// <summary>What a request will break; null where it breaks nothing.</summary>
    public CacheDiagnosis? Foresee(CacheForecast forecast)
    {
        var counts = new PromptCounts(forecast.UncachedTokens, forecast.ReadTokens, forecast.Write5mTokens, forecast.Write1hTokens, IsSum: false);
        return OfConversation(forecast.Comparison, counts);
    }

    /// <summary>What was lost; null where nothing was.</summary>
    /// <param name="forecast">The forecast of the call.</param>
    /// <param name="counts">What usage says.</param>
    /// <param name="isOtherModel">Whether another model answered than was asked.</param>
    /// <param name="isCleared">Whether the provider took something out of the history.</param>
    public CacheDiagnosis? Judge(CacheForecast forecast, in PromptCounts counts, bool isOtherModel, bool isCleared)
    {
        var comparison = (isOtherModel || isCleared) && forecast.Comparison is { } known
            ? known with { IsOtherModel = isOtherModel, IsCleared = isCleared }
            : forecast.Comparison;
        var lost = OfConversation(comparison, counts);
        if (lost is { Reason: CacheBreakReason.LookbackExceeded or CacheBreakReason.BreakpointMoved } && IsOvertaken(forecast))
        {
            lost = null;
        }

        lost ??= OfOthers(forecast, counts, isOtherModel, isCleared) ?? OfShortPrefix(forecast, counts);
        return lost is { Reason: CacheBreakReason.ProviderEvicted } && (!IsPlace(forecast, counts.Read) || IsTooLittle(forecast, counts))
            ? lost with { Reason = CacheBreakReason.Unknown }
            : lost;
    }

    // The conversation's previous call was still unanswered: had it been answered, there would be nothing out of reach.
    private static bool IsOvertaken(CacheForecast forecast) => forecast is
    {
        Found.Missing: { Reason: CacheBreakReason.ConcurrentFirstWrite, Index: var index },
        Comparison.Places: [.., var last],
    } && index > last.Index;

    // A provider that lost an entry reads a shorter one, or none. Where it read what is no entry, something else is going on.
    private static bool IsPlace(CacheForecast forecast, long read)
    {
        if (read == 0)
        {
            return true;
        }

        foreach (var tokens in forecast.Others)
        {
            if (Math.Abs(tokens - read) <= Shortfall.Tolerance(read))
            {
                return true;
            }
        }

        return false;
    }

    // What is not read is written anew: after a call with the same beginning, as much is in the cache as before it.
    private static bool IsTooLittle(CacheForecast forecast, in PromptCounts counts) => forecast is
    {
        Comparison: { Difference: null, Previous: { Cached: { } cached, IsCachedDoubtful: false }, Places: [.., var before] },
        Call.Places: [.., var last],
    } && last.Index >= before.Index && Shortfall.Is(cached, counts.Cached);

    // More was read than both prompts begin with: the history that was gone on with is another one.
    private static bool IsStranger(Comparison comparison, in PromptCounts counts) =>
        comparison.Difference is { Cause.Level: CacheLevel.Messages } && counts.Read > Shortfall.Tolerance(comparison.SharedTokens) + (comparison.SharedTokens * 5L / 4);

    private CacheDiagnosis? OfConversation(Comparison? comparison, in PromptCounts counts)
    {
        if (comparison?.Previous is not { Cached: > 0 } previous || comparison.Places.Length == 0)
        {
            return null;
        }

        // Not more can be lost than there is: a prompt may have become shorter.
        var available = Math.Min(previous.Cached.Value, counts.Total);
        if (!Shortfall.Is(previous.IsCachedDoubtful ? available / 2 : available, counts.Read) || IsStranger(comparison, counts))
        {
            return null;
        }

        var cause = causes.Find(comparison, counts.Read);
        return new CacheDiagnosis
        {
            Reason = cause.Reason,
            IsBreak = true,
            Level = cause.Level,
            Segment = cause.Segment,
            ByteAt = cause.ByteAt,
            ByteCount = cause.ByteCount,
            Diff = cause.Diff,
            Index = cause.Index,
            Available = previous.Cached.Value,
            Read = counts.Read,
            Lost = LostTokens.Of(available - counts.Read, counts.Write1h, counts.Write5m),
            ComparedWith = previous.Id,
            Age = comparison.Places[^1].Age,
        };
    }

    // An entry that another conversation, or another request at the same time, has written.
    private CacheDiagnosis? OfOthers(CacheForecast forecast, in PromptCounts counts, bool isOtherModel, bool isCleared)
    {
        var found = forecast.Found;
        if (found.Missing is { } missing && Shortfall.Is(missing.Tokens, missing.IsExact, counts.Read, found.IsExact ? Math.Min(found.Tokens, counts.Read) : 0))
        {
            return Missed(forecast, counts, missing.Reason, missing.Index, missing.Tokens, missing.Call) with { Age = missing.Age };
        }

        if (found.Hit < 0 || !Shortfall.Is(found.Tokens, found.IsExact, counts.Read))
        {
            return null;
        }

        var reason = isOtherModel ? CacheBreakReason.ModelChanged
            : isCleared ? CacheBreakReason.MessagesEdited
            : found is { State: EntryState.Confirmed, IsExact: true } ? CacheBreakReason.ProviderEvicted
            : CacheBreakReason.Unknown;
        return Missed(forecast, counts, reason, found.Hit, found.Tokens, found.Call);
    }

    // Marked, sent before, and neither read nor written.
    private CacheDiagnosis? OfShortPrefix(CacheForecast forecast, in PromptCounts counts)
    {
        if (counts.Cached > 0 || forecast.Comparison is not { } comparison || comparison.Previous.Cached is not 0)
        {
            return null;
        }

        var last = -1;
        foreach (var place in comparison.Previous.Places)
        {
            var isSame = comparison.Difference is not { } difference || difference.At > place.Index;
            last = isSame && forecast.Call.Places is [.., var own] && place.Index <= own.Index ? place.Index : last;
        }

        if (last < 0)
        {
            return null;
        }

        var tokens = 0;
        foreach (var place in comparison.Places)
        {
            tokens = place.Index == last ? place.Tokens : tokens;
        }

        return Missed(forecast, counts, CacheBreakReason.BelowMinimum, last, tokens, comparison.Previous.Id);
    }

    private CacheDiagnosis Missed(CacheForecast forecast, in PromptCounts counts, CacheBreakReason reason, int index, int tokens, CallId call)
    {
        ref readonly var mark = ref forecast.Call.Path[index];
        var available = Math.Min(tokens, counts.Total);
        return new CacheDiagnosis
        {
            Reason = reason,
            IsBreak = false,
            Level = mark.Level,
            Segment = PlaceNames.Of(mark, prints.Find(mark.Hash)),
            Index = PlaceNames.NumberOf(mark),
            Available = available,
            Read = counts.Read,
            Lost = LostTokens.Of(available - counts.Read, counts.Write1h, counts.Write5m),
            ComparedWith = call,
        };
    }
}
