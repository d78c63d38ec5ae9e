using CostLedger.Pricing;
using CostLedger.Querying.Traffic;
using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Replaying;

/// <summary>
/// Plays calls again, in the order they were sent, through two caches at once: one as things were, one under an assumption. Where
/// both foresee the same for a call, it keeps what was measured; only where they differ does the assumption's figure replace it.
/// So whatever the model does not know of (losses of the provider, calls that are in no ledger) stays as it was.
/// For one thread at a time.
/// </summary>
/// <param name="prices">Knows the models' minimum lengths.</param>
/// <param name="prompts">The prompts.</param>
/// <param name="assumption">What is different.</param>
internal sealed class TrafficReplay(PriceBook prices, PromptTree prompts, ReplayAssumption assumption)
{
    /// <summary>Entries of each of the two caches: far more than an hour of any application's calls has.</summary>
    public const int Capacity = 400_000;

    private readonly ReplayedCache _was = new(prices, Capacity);
    private readonly ReplayedCache _then = new(prices, Capacity);
    private readonly TwoGenerations<UInt128, int> _told = new(Capacity);

    /// <summary>Plays a call.</summary>
    public ReplayedCall Play(TrafficCall call)
    {
        var now = new CacheMoment(call.Id.Time.UtcTicks, call.Id.Time.UtcTicks);
        _was.Advance(now);
        _then.Advance(now);
        if (PromptCounts.Of(call.Pricing.Usage) is not { } counts)
        {
            return ReplayedCall.Kept(LeftOutReason.NotTold);
        }

        var scope = ScopeOf(call);
        var rules = _was.Rules.Of(scope);
        if (PathOf(call, new LevelKeys(scope, ParametersOf(call), rules)) is not { } path || (assumption.NeedsPrompts && !path.IsKnown))
        {
            return ReplayedCall.Kept(LeftOutReason.NoPrompt);
        }

        var isSum = counts.IsSum || call.Pricing.Usage?.Iterations.Count > 1;
        var turn = new Turn(call, now, scope, counts) { IsSum = isSum };
        return Play(ref turn, ref path, rules);
    }

    private ReplayedCall Play(ref Turn turn, ref ReplayPath path, CacheRules rules)
    {
        var buffer = default(Marks.Buffer);
        Span<Mark> marks = buffer;
        var count = path.IsKnown ? ReplayMarks.Find(turn.Call.Prompt!, ref path, marks) : WholePrompt(turn.Counts, marks);
        if (count == 0 && turn.Counts.Cached > 0 && assumption.Breakpoints is null)
        {
            return ReplayedCall.Kept(turn.IsSum ? LeftOutReason.SeveralPrompts : LeftOutReason.NoBreakpoint);
        }

        var found = CacheReader.Find(_was.Entries, ref path, path.Count, marks[..count], turn.Now);
        var foreseen = found.Hit < 0 ? 0 : path.IsKnown ? found.Tokens : Math.Min(found.Tokens, turn.Counts.Cached);
        var isForeseen = Math.Abs(foreseen - turn.Counts.Read) <= Shortfall.Tolerance(Math.Max(foreseen, turn.Counts.Read));
        turn.Line = new TokenLine(ref path, turn.Counts, IsNear(foreseen, turn.Counts.Read) ? found.Hit : -1, count > 0 ? marks[count - 1].Index : -1, _told);
        turn.Was = found;
        if (!turn.IsSum)
        {
            turn.Line.Remember(ref path);
        }

        turn.Minimum = rules.Minimum;
        Keep(turn, ref path, marks[..count]);

        var then = PlayAlternative(ref turn, ref path, marks, count, rules);
        return turn.IsSum
            ? ReplayedCall.Kept(LeftOutReason.SeveralPrompts)
            : then with { ForeseenRead = foreseen, IsForeseen = isForeseen };
    }

    // As things were, usage tells what is in the cache after a call.
    private void Keep(in Turn turn, ref ReplayPath path, ReadOnlySpan<Mark> marks)
    {
        if (turn.Counts.Cached == 0 || turn.IsSum)
        {
            return;
        }

        Span<ReplayedPlace> places = stackalloc ReplayedPlace[Marks.Most + 1];
        var count = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            var (tokens, isExact) = turn.Line.At(ref path, marks[i].Index);
            if (turn.IsCached(tokens, isExact))
            {
                places[count++] = new ReplayedPlace(path[marks[i].Index], MarkedPlace.Of(marks[i].Lifetime), (int)tokens, isExact);
            }
        }

        count = WithHit(places, count, turn.Was);
        _was.Send(turn.Call.Id, turn.Now, turn.Call.AnswerBegan, places[..count]);
    }

    private ReplayedCall PlayAlternative(ref Turn turn, ref ReplayPath known, Span<Mark> marks, int count, CacheRules was)
    {
        var ratio = assumption.Model is null ? 1 : assumption.TokenRatio(turn.Scope.Model);
        var scope = assumption.Model is { } model ? turn.Scope with { Model = model } : turn.Scope;
        var rules = _then.Rules.Of(scope);
        var path = known.With(new LevelKeys(scope, ParametersOf(turn.Call), rules));
        count = assumption.Breakpoints is { } places ? ReplayMarks.Move(places, marks, count, ref path) : count;
        var isSame = assumption.Breakpoints is null && rules.ModelNumber == was.ModelNumber;
        count = Effective(turn, ref known, marks[..count], isSame ? null : rules.Minimum / ratio);
        if (assumption.Lifetime != CacheLifetime.None)
        {
            foreach (ref var mark in marks[..count])
            {
                mark = mark with { Lifetime = assumption.Lifetime };
            }
        }

        var found = CacheReader.Find(_then.Entries, ref path, path.Count, marks[..count], turn.Now);
        var then = Split(turn, ref known, marks[..count], found, ratio);
        Span<ReplayedPlace> kept = stackalloc ReplayedPlace[Marks.Most + 1];
        for (var i = 0; i < count; i++)
        {
            var (tokens, isExact) = turn.Line.At(ref known, marks[i].Index);
            var scaled = (int)Math.Min(int.MaxValue, Math.Round(tokens * ratio));
            kept[i] = new ReplayedPlace(path[marks[i].Index], MarkedPlace.Of(marks[i].Lifetime), scaled, isExact);
        }

        if (!turn.IsSum)
        {
            _then.Send(turn.Call.Id, turn.Now, turn.Call.AnswerBegan, kept[..WithHit(kept, count, found)]);
        }

        return then;
    }

    // A breakpoint counts where the prefix is long enough. Where neither breakpoints nor the model are others, usage told that.
    private static int Effective(in Turn turn, ref ReplayPath path, Span<Mark> marks, double? minimum)
    {
        var kept = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            var (tokens, isExact) = turn.Line.At(ref path, marks[i].Index);
            if (minimum is { } least ? tokens >= least : turn.IsCached(tokens, isExact))
            {
                marks[kept++] = marks[i];
            }
        }

        return kept;
    }

    private ReplayedCall Split(in Turn turn, ref ReplayPath path, ReadOnlySpan<Mark> marks, in Lookup found, double ratio)
    {
        ref readonly var counts = ref turn.Counts;
        var (end, isEndExact) = marks.IsEmpty ? (0, true) : turn.Line.At(ref path, marks[^1].Index);
        var (there, isThereExact) = There(turn, ref path, found, ratio);
        var read = Math.Min(end, found.Hit.CompareTo(turn.Was.Hit) switch
        {
            0 => counts.Read,
            > 0 => Math.Max(counts.Read, there),
            _ => Math.Min(counts.Read, there),
        });
        var isAsItWas = assumption.Lifetime == CacheLifetime.None && assumption.Breakpoints is null;
        var hourEnd = isAsItWas ? Math.Min(end, counts.Read + counts.Write1h) : HourEnd(turn, ref path, marks);
        var hour = counts.Write1h == 0 && isAsItWas ? 0 : Math.Max(0, hourEnd - read);
        return new ReplayedCall(read, end - read - hour, hour, counts.Total - end)
        {
            IsEstimated = !(isEndExact && (isThereExact || found.Hit == turn.Was.Hit)),
        };
    }

    // What is found under the assumption holds as much as usage told of it, in this call or an earlier one.
    private static (long Tokens, bool IsExact) There(in Turn turn, ref ReplayPath path, in Lookup found, double ratio)
    {
        if (found.Hit < 0)
        {
            return (0, true);
        }

        var there = turn.Line.At(ref path, found.Hit);
        return !path.IsKnown || (found.IsExact && !there.IsExact) ? ((long)Math.Round(found.Tokens / ratio), found.IsExact) : there;
    }

    private static long HourEnd(in Turn turn, ref ReplayPath path, ReadOnlySpan<Mark> marks)
    {
        for (var i = marks.Length - 1; i >= 0; i--)
        {
            if (marks[i].Lifetime == CacheLifetime.OneHour)
            {
                return turn.Line.At(ref path, marks[i].Index).Tokens;
            }
        }

        return 0;
    }

    // Reading an entry makes it live on, also where no breakpoint stands on it any more.
    private static int WithHit(Span<ReplayedPlace> places, int count, in Lookup found)
    {
        if (found.Hit < 0)
        {
            return count;
        }

        for (var i = 0; i < count; i++)
        {
            if (places[i].Key == found.Key)
            {
                return count;
            }
        }

        places[count] = new ReplayedPlace(found.Key, TimeSpan.FromMinutes(5), found.Tokens, found.IsExact);
        return count + 1;
    }

    // Of a conversation without prompts it is known only that it goes on: it is cached as a whole, as far as usage says.
    private static int WholePrompt(in PromptCounts counts, Span<Mark> marks)
    {
        marks[0] = new Mark(0, counts.Write1h > 0 ? CacheLifetime.OneHour : CacheLifetime.FiveMinutes);
        return counts.Cached > 0 ? 1 : 0;
    }

    // An estimate within a tenth of what was read is the place where reading ended.
    private static bool IsNear(long foreseen, long read) => read > 0 && Math.Abs(foreseen - read) <= read / 10;

    private static CacheScope ScopeOf(TrafficCall call) => new(
        call.Pricing.Provider,
        call.Prompt?.Scope is { } scope ? Fingerprint.Of(scope) : 0,
        call.Pricing.Location,
        call.Pricing.Model);

    // Where the ledger does not tell settings, the answer still tells the speed.
    private static CacheParameters ParametersOf(TrafficCall call) => SettingsText.Parse(call.Prompt?.Settings) ?? new CacheParameters
    {
        Speed = string.Equals(call.Pricing.Usage?.Speed, "fast", StringComparison.OrdinalIgnoreCase) ? 1UL : 0,
    };

    private ReplayPath? PathOf(TrafficCall call, in LevelKeys keys)
    {
        if (call.Prompt is { Leaf: >= 0 and var leaf })
        {
            return new ReplayPath(prompts, leaf, keys, call.Pricing.Model);
        }

        return call.Labels.Conversation is { } name
            ? new ReplayPath(PrefixHash.Mix(Fingerprint.Of(name), Fingerprint.Of(call.Labels.Session)), keys)
            : null;
    }

    /// <summary>A call while it is played.</summary>
    private struct Turn(TrafficCall call, CacheMoment now, CacheScope scope, PromptCounts counts)
    {
        public readonly TrafficCall Call = call;
        public readonly CacheMoment Now = now;
        public readonly CacheScope Scope = scope;
        public readonly PromptCounts Counts = counts;
        public TokenLine Line;
        public Lookup Was;
        public int Minimum;

        public bool IsSum { get; init; }

        public readonly bool IsCached(long tokens, bool isExact) => tokens > 0 && tokens <= Counts.Cached && (tokens >= Minimum || isExact);
    }
}
