using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>Prefixes that would be cheaper with the other lifetime, by the times between the calls that share them.</summary>
internal sealed class Lifetimes : IAdviceRule
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => GroupsOf(traffic)
        .Select(g => (Group: g, IsLong: g.Written1h > g.Written5m))
        .Where(g => g.Group.Saved > 0)
        .GroupBy(g => (g.Group.Model, g.IsLong), g => g.Group)
        .Select(g => AdviceOf(g.Key.Model, g.Key.IsLong, [.. g]));

    private static CacheAdvice AdviceOf(string model, bool isLong, List<PrefixGroup> groups)
    {
        var (calls, late) = (groups.Sum(g => g.Calls), groups.Sum(g => g.Different));
        return new CacheAdvice
        {
            Kind = isLong ? "use_5m" : "use_1h",
            Model = model,
            Saving = CacheTraffic.Money(groups.Sum(g => g.Saved)),
            Calls = calls,
            Found = isLong
                ? $"{Words.Calls(calls)} use prefixes that are written for an hour; only {Words.Count(late)} of them came later than five minutes after a use of what they read."
                : $"{Words.Count(late)} of {Words.Calls(calls)} came 5 to 60 minutes after the last use of a prefix that is written for five minutes.",
            Action = isLong
                ? "Leave ttl out of cache_control: five minutes are enough, and cost 1.25 instead of 2 times the input price to write."
                : "Set cache_control to {\"type\": \"ephemeral\", \"ttl\": \"1h\"}: it costs 2 instead of 1.25 times the input price to write, and is read at a tenth.",
            Example = groups.MaxBy(g => g.Saved)?.Last ?? default,
        };
    }

    // What was read and written is known; played again is only what the other lifetime would change of it. Saved is what the other
    // lifetime than the one that most was written for would have saved.
    private static Dictionary<(int, int), PrefixGroup>.ValueCollection GroupsOf(CacheTraffic traffic)
    {
        var tree = traffic.Tree;
        var (five, hour) = (new PrefixCache(tree, Short), new PrefixCache(tree, Long));
        var calls = traffic.Calls.Where(c => c is { Marks.Count: > 0, Prices: not null } && c.Read + c.Written5m + c.Written1h > 0).ToList();
        var isLong = calls.GroupBy(c => KeyOf(tree, c)).ToDictionary(g => g.Key, g => g.Sum(c => (decimal)c.Written1h) > g.Sum(c => (decimal)c.Written5m));
        var groups = new Dictionary<(int, int), PrefixGroup>();
        foreach (var call in calls)
        {
            var (inFive, inHour) = (five.Send(call, call.Marks), hour.Send(call, call.Marks));
            var isDifferent = inFive != inHour && call.Lost?.Reason is null or "ttl_expired_5m";
            var key = KeyOf(tree, call);
            var read = !isDifferent ? call.Read
                : isLong[key] ? Math.Min(call.Read, tree.TokensOf(call, inFive))
                : Math.Max(call.Read, tree.TokensOf(call, inHour));
            var group = groups.TryGetValue(key, out var known) ? known : groups[key] = new PrefixGroup { Model = call.Model };
            group.Add(call, SavedOf(call, read, isLong[key]), isDifferent, 0);
        }

        return groups.Values;
    }

    private static (int, int) KeyOf(PromptTree tree, TrafficCall call) => (call.Cache, tree.HeadOf(call.Leaf));

    private static decimal SavedOf(TrafficCall call, long read, bool isLong)
    {
        if (call.Prices is not { } prices)
        {
            return 0;
        }

        var cached = call.Read + call.Written5m + call.Written1h;
        read = Math.Min(read, cached);
        var paid = (call.Read * prices.Read) + (call.Written5m * prices.Write5m) + (call.Written1h * prices.Write1h);
        return paid - (read * prices.Read) - ((cached - read) * (isLong ? prices.Write5m : prices.Write1h));
    }
}
