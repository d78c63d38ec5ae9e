using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>A marked prefix that is a little too short to be cached.</summary>
internal sealed class ShortPrefixes : IAdviceRule
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => GroupsOf(traffic)
        .Where(g => g.Group.Saved > 0 && g.Group.Different > 0)
        .Select(g => new CacheAdvice
        {
            Kind = "below_minimum",
            Model = g.Group.Model,
            Subject = $"{Words.Count(PrefixGroup.TokensOf([g.Group]))} tokens",
            Saving = CacheTraffic.Money(g.Group.Saved),
            Calls = g.Group.Calls,
            Found = $"A marked prefix of about {Words.Count(PrefixGroup.TokensOf([g.Group]))} tokens is {Words.Count(g.Minimum - PrefixGroup.TokensOf([g.Group]))} tokens short of {Words.Count(g.Minimum)}, from which on this model caches; {Words.Calls(g.Group.Calls)} sent it.",
            Action = "Move the breakpoint behind more text that stays the same, for example examples or a longer instruction.",
            Example = g.Group.Example,
        });

    private static Dictionary<(int, int), (PrefixGroup Group, long Minimum)>.ValueCollection GroupsOf(CacheTraffic traffic)
    {
        var cache = new PrefixCache(traffic.Tree, Lifetime);
        var groups = new Dictionary<(int, int), (PrefixGroup Group, long Minimum)>();
        foreach (var call in traffic.Calls.Where(c => c is { Marks.Count: > 0, Read: 0, Written5m: 0, Written1h: 0 }))
        {
            var mark = call.Marks[^1];
            var tokens = traffic.Tree.TokensOf(call, mark);

            // Much shorter ones would be padded for nothing.
            if (call.Prices is not { } prices || tokens >= prices.Minimum || tokens < prices.Minimum / 2)
            {
                continue;
            }

            var isRead = cache.Send(call, [mark]) != TrafficCall.NoNode;
            var padded = prices.Minimum * (isRead ? prices.Read : prices.Write5m);
            var group = groups.TryGetValue((call.Cache, mark), out var known)
                ? known
                : groups[(call.Cache, mark)] = (new PrefixGroup { Model = call.Model }, prices.Minimum);
            group.Group.Add(call, (tokens * prices.Input) - padded, isRead, tokens);
        }

        return groups.Values;
    }
}
