using System.Runtime.InteropServices;
using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Caching.Prints;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>
/// Follows the provider's prompt cache from here: what a request will read and write, what it breaks and why; and after the
/// answer, what was lost. For each attempt: <see cref="Forecast"/>, then <see cref="Begun"/>, then <see cref="Diagnose"/>, or
/// <see cref="Failed"/>. Safe for use by many threads; what it holds has a bound.
/// </summary>
internal sealed class CacheForecaster
{
    private readonly Lock _lock = new();
    private readonly RulesBook _rules;
    private readonly EntryBook _entries;
    private readonly CallIndex _calls;
    private readonly PathBuilder _paths;
    private readonly PathComparer _comparer;
    private readonly BreakJudge _judge;
    private readonly Settlement _settlement;

    public CacheForecaster(CacheOptions options, PriceBook prices)
    {
        Prints = new SegmentPrints(options.PrintBytes, options.KeepsTexts);
        _rules = new RulesBook(prices);
        _entries = new EntryBook(options.Entries);
        _calls = new CallIndex(options.CallBytes * 3L / 4);
        _paths = new PathBuilder(options.CallBytes / 4);
        _comparer = new PathComparer(Prints);
        _judge = new BreakJudge(new CauseFinder(Prints), Prints);
        _settlement = new Settlement(_entries);
    }

    /// <summary>Takes prints of segments while a prompt is read, so that the place of a change can be told; see <see cref="SegmentPrints.Over"/>.</summary>
    public SegmentPrints Prints { get; }

    /// <summary>What a request will read and write, and what it breaks; null where the prompt cannot be told in full.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">Its start.</param>
    public CacheForecast? Forecast(in CacheRequest request, CacheMoment now)
    {
        if (request.Prompt.Segments.Count == 0 || (request.Prompt.Faults & (SegmentFaults.Malformed | SegmentFaults.ThreadContinued)) != SegmentFaults.None)
        {
            return null;
        }

        lock (_lock)
        {
            var rules = _rules.Of(request.Scope);
            using var prefixes = new Prefixes(request.Prompt.Segments, request.Parameters, rules.StripsThinking);
            return Forecast_NeedsLock(request, now, rules, prefixes);
        }
    }

    /// <summary>The first byte of the answer is there: from now on other requests can read what this one writes.</summary>
    public void Begun(CacheForecast forecast)
    {
        lock (_lock)
        {
            _settlement.Begin(forecast);
        }
    }

    /// <summary>There is no answer: an error, or none at all.</summary>
    public void Failed(CacheForecast forecast)
    {
        lock (_lock)
        {
            _settlement.Fail(forecast);
        }
    }

    /// <summary>What was lost, and why; null where nothing was, or usage does not tell.</summary>
    /// <param name="forecast">The forecast of the call.</param>
    /// <param name="usage">Its usage.</param>
    /// <param name="servedModel">The model that answered; null where the answer does not say.</param>
    /// <param name="ranTools">Whether the answer shows that the provider ran tools.</param>
    /// <param name="isCleared">Whether the answer says that the provider took something out of the history.</param>
    public CacheDiagnosis? Diagnose(
        CacheForecast forecast, TokenUsage? usage, string? servedModel = null, bool ranTools = false, bool isCleared = false)
    {
        lock (_lock)
        {
            if (forecast.IsSettled)
            {
                return null;
            }

            if (PromptCounts.Of(usage, ranTools) is not { } counts || IsContradictory(forecast, counts))
            {
                _settlement.Leave(forecast);
                return null;
            }

            Recall(forecast);
            var isOther = servedModel is not null && _rules.Of(forecast.Call.Scope with { Model = servedModel }).ModelNumber != forecast.Call.Rules.ModelNumber;
            var diagnosis = _judge.Judge(forecast, counts, isOther, isCleared);
            forecast.IsVague |= isCleared;
            _settlement.Settle(forecast, counts, isOther, hadTools: ranTools || (usage is not null && PromptCounts.RanTools(usage)));
            return diagnosis;
        }
    }

    // What was still being written when the request was sent may have been told meanwhile.
    private void Recall(CacheForecast forecast)
    {
        if (forecast.Found is { Missing: { IsExact: false } missing } found && _entries.Find(missing.Key) is { IsExact: true } entry)
        {
            forecast.Found = found with { Missing = missing with { Tokens = entry.Tokens, IsExact = true } };
        }
    }

    private CacheForecast Forecast_NeedsLock(in CacheRequest request, CacheMoment now, CacheRules rules, in Prefixes prefixes)
    {
        var segments = request.Prompt.Segments;
        var path = _paths.Build(segments, prefixes.Hashes, out var ownBytes);
        var line = LevelKeys.LineOf(request.Scope, request.Parameters, rules);
        var previous = _calls.Find(prefixes.Hashes, path, prefixes.FirstMessage, line, request.Conversation);
        var thread = previous is null || previous.Path.Count == path.Count ? new CallThread() : previous.Thread;
        previous = previous is { IsAnswered: false } ? previous.Previous : previous;

        var keys = new LevelKeys(request.Scope, request.Parameters, rules);
        var buffer = default(Marks.Buffer);
        var marks = MemoryMarshal.CreateReadOnlySpan(ref buffer[0], Marks.Find(request.Prompt, buffer));
        ExpectToolResults(previous, segments, prefixes, keys);
        var found = CacheReader.Find(_entries, keys, prefixes.Cached, segments, marks, now);
        var scale = ScaleOf(request, found, previous, path, prefixes, rules);
        found = found.Hit < 0 || found.IsExact ? found : found with { Tokens = scale.Of(prefixes.WeightAt(found.Hit)) };

        var call = new CallMark
        {
            Id = request.Call,
            Started = now,
            Scope = request.Scope,
            Parameters = request.Parameters,
            Rules = rules,
            Line = line,
            Path = path,
            FirstMessage = prefixes.FirstMessage,
            StripsBefore = prefixes.StripsBefore,
            Places = PlacesOf(marks, segments, prefixes, keys, scale),
            Previous = previous,
            Thread = thread,
        };
        var comparison = previous is null ? null : Compare(call, previous, prefixes, segments, now, scale);
        var forecast = Sum(call, comparison, found, scale.Of(prefixes.Weight), prefixes.Weight, request.Prompt.Media.Count > 0);
        forecast.Others = CacheReader.FindOthers(_entries, keys, prefixes.Cached, segments, marks, found.Hit);
        forecast.Break = _judge.Foresee(forecast);
        foreach (var place in call.Places)
        {
            if (place.Tokens >= rules.Minimum)
            {
                _entries.Announce(place.Key, place.LivesFor, place.Tokens, call.Id, now);
            }
        }

        _calls.Add(call, prefixes.Hashes[^1], ownBytes, request.Conversation);
        return forecast;
    }

    private static CacheForecast Sum(CallMark call, Comparison? comparison, in Lookup found, int total, long weight, bool isVague)
    {
        var (read, hour, end) = (found.Tokens, 0, 0);
        foreach (var place in call.Places)
        {
            var isLongEnough = place.Tokens >= call.Rules.Minimum;
            end = isLongEnough ? place.Tokens : end;
            hour = isLongEnough && place.Lifetime == CacheLifetime.OneHour ? place.Tokens : hour;
        }

        var write1h = Math.Max(0, hour - read);
        var write5m = Math.Max(0, end - Math.Max(read, hour));
        return new CacheForecast
        {
            ReadTokens = read,
            Write1hTokens = write1h,
            Write5mTokens = write5m,
            UncachedTokens = Math.Max(0, total - read - write1h - write5m),
            Breakpoints = call.Places.Length,
            TokensShort = call.Places.Length == 0 ? 0 : Math.Max(0, call.Rules.Minimum - call.Places[^1].Tokens),
            Call = call,
            Comparison = comparison,
            Found = found,
            Weight = weight,
            IsVague = isVague,
        };
    }

    private static MarkedPlace[] PlacesOf(
        ReadOnlySpan<Mark> marks, List<Segment> segments, in Prefixes prefixes, in LevelKeys keys, TokenScale scale)
    {
        var places = marks.IsEmpty ? [] : new MarkedPlace[marks.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var index = marks[i].Index;
            var key = keys.Of(prefixes.Cached[index], segments[index].Level);
            places[i] = new MarkedPlace(index, marks[i].Lifetime, prefixes.Cached[index], key, scale.Of(prefixes.WeightAt(index)), IsExact: false);
        }

        return places;
    }

    // The deepest prefix of which usage told the tokens. Before usage told any of the model, the estimate of the whole stands in,
    // which knows what calls of long ago taught.
    private static TokenScale ScaleOf(
        in CacheRequest request, in Lookup found, CallMark? previous, SegmentPath path, in Prefixes prefixes, CacheRules rules)
    {
        var (index, tokens) = found.IsExact ? (found.Hit, found.Tokens) : (-1, 0);
        if (previous is { Cached: > 0 and var cached, IsCachedDoubtful: false, Places: [.., var last] }
            && last.Index > index && previous.Rules.ModelNumber == rules.ModelNumber && path.CommonWith(previous.Path) > last.Index)
        {
            (index, tokens) = (last.Index, cached);
        }

        if (index < 0 && !rules.HasSeenTokens && request.EstimatedTokens > 0 && prefixes.Weight > 0)
        {
            var added = Math.Clamp(request.AddedTokens, 0, request.EstimatedTokens);
            return new TokenScale(0, added, (request.EstimatedTokens - added) / (double)prefixes.Weight);
        }

        return new TokenScale(prefixes.WeightAt(index), tokens, rules.TokensPerWeight);
    }

    // What the provider's tools returned is cached by itself, up to the last result.
    private void ExpectToolResults(CallMark? previous, List<Segment> segments, in Prefixes prefixes, in LevelKeys keys)
    {
        if (previous is not { HadServerTools: true, Places.Length: > 0 })
        {
            return;
        }

        for (var i = segments.Count - 1; i >= previous.Path.Count; i--)
        {
            if (segments[i].Kind == SegmentKind.ServerToolResult)
            {
                _entries.Begin(keys.Of(prefixes.Cached[i], segments[i].Level), TimeSpan.FromMinutes(5), 0, previous.Id, previous.Started);
                return;
            }
        }
    }

    private Comparison Compare(CallMark call, CallMark previous, in Prefixes prefixes, List<Segment> segments, CacheMoment now, TokenScale scale)
    {
        var difference = _comparer.Compare(call, previous);
        var places = new EarlierPlace[previous.Places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = EarlierPlace.Of(previous.Places[i], _entries.Find(previous.Places[i].Key), previous.Started, now);
        }

        return new Comparison
        {
            Call = call,
            Previous = previous,
            Places = places,
            Differing = ParameterComparer.Between(call, previous),
            Difference = difference,
            SharedTokens = scale.Of(prefixes.WeightAt(Math.Min(difference?.At ?? previous.Path.Count, call.Path.Count) - 1)),
            Stripped = prefixes.FirstStripped(segments, previous.StripsBefore, previous.Path.Count),
        };
    }

    // More tokens than could be in the prompt: whatever usage counts, it is not this request.
    private static bool IsContradictory(CacheForecast forecast, in PromptCounts counts)
    {
        const int Factor = 8;
        const int Overhead = 16_384;
        return !forecast.IsVague && !counts.IsSum && counts.Total > ((long)forecast.TotalTokens * Factor) + Overhead;
    }
}
