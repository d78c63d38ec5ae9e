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
        .Where(g => (g.IsLong ? -g.Group.Saved : g.Group.Saved) > 0)
        .GroupBy(g => (g.Group.Model, g.IsLong), g => g.Group)
        .Select(g => AdviceOf(g.Key.Model, g.Key.IsLong, [.. g]));

    private static CacheAdvice AdviceOf(string model, bool isLong, List<PrefixGroup> groups)
    {
        var (calls, late) = (groups.Sum(g => g.Calls), groups.Sum(g => g.Different));
        return new CacheAdvice
        {
            Kind = isLong ? "use_5m" : "use_1h",
            Model = model,
            Saving = CacheTraffic.Money(Math.Abs(groups.Sum(g => g.Saved))),
            Calls = calls,
            Found = isLong
                ? $"{Words.Calls(calls)} use prefixes that are written for an hour; only {Words.Count(late)} of them came later than five minutes after a use of what they read."
                : $"{Words.Count(late)} of {Words.Calls(calls)} came 5 to 60 minutes after the last use of a prefix that is written for five minutes.",
            Action = isLong
                ? "Leave ttl out of cache_control: five minutes are enough, and cost 1.25 instead of 2 times the input price to write."
                : "Set cache_control to {\"type\": \"ephemeral\", \"ttl\": \"1h\"}: it costs 2 instead of 1.25 times the input price to write, and is read at a tenth.",
            Example = groups.MaxBy(g => Math.Abs(g.Saved))?.Example ?? default,
        };
    }

    // Saved is what an hour saves against five minutes.
    private static Dictionary<(int, int), PrefixGroup>.ValueCollection GroupsOf(CacheTraffic traffic)
    {
        var tree = traffic.Tree;
        var (five, hour) = (new PrefixCache(tree, Short), new PrefixCache(tree, Long));
        var groups = new Dictionary<(int, int), PrefixGroup>();
        foreach (var call in traffic.Calls.Where(c => c is { Marks.Count: > 0 } && c.Read + c.Written5m + c.Written1h > 0))
        {
            if (call.Prices is not { } prices)
            {
                continue;
            }

            var mark = call.Marks[^1];
            var (inFive, inHour) = (five.Send(call, call.Marks), hour.Send(call, call.Marks));
            var saved = traffic.CostOf(call, prices, inFive, mark, prices.Write5m) - traffic.CostOf(call, prices, inHour, mark, prices.Write1h);
            var key = (call.Cache, tree.HeadOf(call.Leaf));
            var group = groups.TryGetValue(key, out var known) ? known : groups[key] = new PrefixGroup { Model = call.Model };
            group.Add(call, saved, inFive != inHour, 0);
        }

        return groups.Values;
    }
}
