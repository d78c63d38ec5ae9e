using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>Puts into the model what becomes of a request: where usage contradicts a forecast, usage is right. For one thread at a time.</summary>
internal sealed class Settlement(EntryBook entries)
{
    // An estimate within this of what was read is the place where reading ended.
    private const double Near = 0.1;

    private const CacheDimensions CanBeHarmless =
        CacheDimensions.Location | CacheDimensions.Betas | CacheDimensions.Geo | CacheDimensions.FromSystem | CacheDimensions.FromMessages;

    /// <summary>The answer began.</summary>
    public void Begin(CacheForecast forecast)
    {
        if (forecast.HasBegun || forecast.IsSettled)
        {
            return;
        }

        forecast.HasBegun = true;
        var call = forecast.Call;
        foreach (var place in call.Places)
        {
            if (place.Tokens >= call.Rules.Minimum)
            {
                entries.Begin(place.Key, place.LivesFor, place.Tokens, call.Id, call.Started);
            }
        }

        if (forecast.Found is { Hit: >= 0 } found && entries.Find(found.Key) is { } entry)
        {
            entries.Begin(found.Key, entry.Lifetime, entry.Tokens, call.Id, call.Started);
        }
    }

    /// <summary>There is no answer.</summary>
    public void Fail(CacheForecast forecast)
    {
        if (!forecast.HasBegun && !forecast.IsSettled)
        {
            foreach (var place in forecast.Call.Places)
            {
                entries.Withdraw(place.Key, forecast.Call.Id);
            }

            forecast.Call.Asked--;
            forecast.Call.HasFailed = true;
        }

        forecast.IsSettled = true;
    }

    /// <summary>There is an answer, but what it says of the cache is nothing to rely on.</summary>
    public void Leave(CacheForecast forecast)
    {
        Begin(forecast);
        forecast.IsSettled = true;
    }

    /// <summary>Usage is there.</summary>
    public void Settle(CacheForecast forecast, in PromptCounts counts, bool isOtherModel, bool hadTools)
    {
        Begin(forecast);
        forecast.IsSettled = true;
        var call = forecast.Call;
        call.IsAnswered = true;
        call.HadServerTools = hadTools;
        call.Cached = (int)counts.Cached;
        if (isOtherModel)
        {
            // What was written belongs to the other model.
            Drop(forecast);
            call.Cached = null;
        }
        else if (counts.IsSum)
        {
            call.IsCachedDoubtful = true;
            call.Cached = call.Places is [.., var last] && last.Tokens >= call.Rules.Minimum ? last.Tokens : 0;
        }
        else
        {
            Learn(forecast, counts);
            Confirm(forecast, counts);
        }

        call.Previous = null;
    }

    private void Confirm(CacheForecast forecast, in PromptCounts counts)
    {
        var (call, places) = (forecast.Call, forecast.Call.Places);
        if (places.Length == 0)
        {
            return;
        }

        if (counts.Cached == 0)
        {
            Drop(forecast);
            Scale(places, (double)counts.Total / Math.Max(1, forecast.TotalTokens));
            return;
        }

        var ratio = places[^1].Tokens > 0 ? (double)counts.Cached / places[^1].Tokens : 1;
        var hit = HitOf(forecast, counts.Read);
        for (var i = 0; i < places.Length; i++)
        {
            var isLast = i == places.Length - 1;
            places[i] = isLast || places[i].Index == hit
                ? places[i] with { Tokens = (int)(isLast ? counts.Cached : counts.Read), IsExact = true }
                : Estimated(places[i], ratio, counts.Cached);
            if (places[i].IsExact || places[i].Tokens >= call.Rules.Minimum)
            {
                entries.Confirm(places[i].Key, places[i].LivesFor, places[i].Tokens, places[i].IsExact, call.Id, call.Started);
            }
        }

        if (Shortfall.Is(forecast.ReadTokens, counts.Read) && !IsPlace(places, forecast.Found.Key))
        {
            entries.Remove(forecast.Found.Key);
        }
    }

    private MarkedPlace Estimated(in MarkedPlace place, double ratio, long most) =>
        entries.Find(place.Key) is { IsExact: true } known
            ? place with { Tokens = known.Tokens, IsExact = true }
            : place with { Tokens = (int)Math.Min(most, (long)(place.Tokens * ratio)) };

    private void Drop(CacheForecast forecast)
    {
        foreach (var place in forecast.Call.Places)
        {
            entries.Remove(place.Key);
        }
    }

    private static void Scale(MarkedPlace[] places, double ratio)
    {
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = places[i] with { Tokens = (int)Math.Min(int.MaxValue, places[i].Tokens * ratio) };
        }
    }

    private static bool IsPlace(MarkedPlace[] places, UInt128 key)
    {
        foreach (var place in places)
        {
            if (place.Key == key)
            {
                return true;
            }
        }

        return false;
    }

    // Where reading ended, if it was where it was foreseen.
    private static int HitOf(CacheForecast forecast, long read) =>
        read > 0 && Math.Abs(forecast.ReadTokens - read) <= Near * read ? forecast.Found.Hit : -1;

    private static void Learn(CacheForecast forecast, in PromptCounts counts)
    {
        var rules = forecast.Call.Rules;
        rules.SawTokens(forecast.IsVague ? 0 : counts.Total, forecast.IsVague ? 0 : forecast.Weight);
        if (counts.Cached > 0)
        {
            rules.SawCached((int)Math.Min(counts.Cached, rules.Documented));
        }
        else if (forecast.Call.Places is [.., var last] && last.Index == forecast.Call.Path.Count - 1 && forecast.Call.Path[last.Index].Level == CacheLevel.Messages)
        {
            rules.SawUncached((int)counts.Total);
        }

        LearnParameters(forecast, counts);
    }

    // What was learned changes the keys; what this call wrote is found by the new ones.
    private static void Rekey(CallMark call)
    {
        var keys = new LevelKeys(call.Scope, call.Parameters, call.Rules);
        for (var i = 0; i < call.Places.Length; i++)
        {
            var place = call.Places[i];
            call.Places[i] = place with { Key = keys.Of(place.Prefix, call.Path[place.Index].Level) };
        }
    }

    // One parameter differs, and all was read all the same; or it was not.
    private static void LearnParameters(CacheForecast forecast, in PromptCounts counts)
    {
        if (forecast.Comparison is not { Difference: null, Previous: { Cached: > 0 and var cached, IsCachedDoubtful: false } } comparison
            || !int.IsPow2((int)comparison.Differing) || (comparison.Differing & CanBeHarmless) == CacheDimensions.None)
        {
            return;
        }

        var rules = forecast.Call.Rules;
        if (Shortfall.Is(cached, counts.Read))
        {
            rules.Harmless &= ~comparison.Differing;
        }
        else if (Shortfall.Is(cached, forecast.ReadTokens))
        {
            rules.Harmless |= comparison.Differing;
            Rekey(forecast.Call);
        }
    }
}
