using CostLedger.Records;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Caching.Prints;

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
    public CacheDiagnosis? Judge(CacheForecast forecast, in PromptCounts counts, bool isOtherModel)
    {
        var comparison = isOtherModel && forecast.Comparison is { } known ? known with { IsOtherModel = true } : forecast.Comparison;
        return OfConversation(comparison, counts) ?? OfOthers(forecast, counts, isOtherModel) ?? OfShortPrefix(forecast, counts);
    }

    private CacheDiagnosis? OfConversation(Comparison? comparison, in PromptCounts counts)
    {
        if (comparison?.Previous is not { Cached: > 0 } previous || comparison.Places.Length == 0)
        {
            return null;
        }

        // Not more can be lost than there is: a prompt may have become shorter.
        var available = Math.Min(previous.Cached.Value, counts.Total);
        if (!Shortfall.Is(previous.IsCachedDoubtful ? available / 2 : available, counts.Read))
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
            Index = cause.Index,
            Available = available,
            Read = counts.Read,
            Lost = LostTokens.Of(available - counts.Read, counts.Write1h, counts.Write5m),
            ComparedWith = previous.Id,
            Age = comparison.Places[^1].Age,
        };
    }

    // An entry that another conversation, or another request at the same time, has written.
    private CacheDiagnosis? OfOthers(CacheForecast forecast, in PromptCounts counts, bool isOtherModel)
    {
        var found = forecast.Found;
        if (found.Missing is { } missing && Shortfall.Is(missing.Tokens, missing.IsExact, counts.Read))
        {
            return Missed(forecast, counts, missing.Reason, missing.Index, missing.Tokens, missing.Call) with { Age = missing.Age };
        }

        if (found.Hit < 0 || !Shortfall.Is(found.Tokens, found.IsExact, counts.Read))
        {
            return null;
        }

        var reason = isOtherModel ? CacheBreakReason.ModelChanged
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
