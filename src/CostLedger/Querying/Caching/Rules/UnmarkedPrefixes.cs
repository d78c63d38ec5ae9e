using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>Calls that begin as others do, and mark nothing to be cached.</summary>
internal sealed class UnmarkedPrefixes : IAdviceRule
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => GroupsOf(traffic)
        .Where(g => g.Saved > 0 && g.Different > 0)
        .GroupBy(g => g.Model, StringComparer.Ordinal)
        .Select(AdviceOf);

    private static CacheAdvice AdviceOf(IGrouping<string, PrefixGroup> groups)
    {
        var all = groups.OrderByDescending(g => g.Saved).ToList();
        var (calls, repeats) = (all.Sum(g => g.Calls), all.Sum(g => g.Different));
        return new CacheAdvice
        {
            Kind = "unmarked_prefix",
            Model = groups.Key,
            Saving = CacheTraffic.Money(all.Sum(g => g.Saved)),
            Calls = calls,
            Found = $"{Words.Calls(calls)} mark nothing to be cached; {Words.Count(repeats)} of them repeat about {Words.Count(PrefixGroup.TokensOf(all))} tokens that were sent within five minutes before.",
            Action = "Set cache_control on the last block of the system prompt and on the last message, or at the top of the request, where the provider then places it.",
            Example = all[0].Example,
        };
    }

    // As they would be marked: what comes before the messages, and all.
    private static Dictionary<(int, int), PrefixGroup>.ValueCollection GroupsOf(CacheTraffic traffic)
    {
        var tree = traffic.Tree;
        var cache = new PrefixCache(tree, Lifetime);
        var groups = new Dictionary<(int, int), PrefixGroup>();
        foreach (var call in traffic.Calls.Where(c => c is { IsUnmarked: true, Read: 0, Written5m: 0, Written1h: 0 }))
        {
            if (call.Prices is not { } prices || call.Tokens < prices.Minimum)
            {
                continue;
            }

            var head = tree.HeadOf(call.Leaf);
            var read = cache.Send(call, head == TrafficCall.NoNode || head == call.Leaf ? [call.Leaf] : [head, call.Leaf]);
            var tokens = tree.TokensOf(call, read);
            var cost = traffic.CostOf(call, prices, read, call.Leaf, prices.Write5m);
            var group = groups.TryGetValue((call.Cache, head), out var known) ? known : groups[(call.Cache, head)] = new PrefixGroup { Model = call.Model };
            group.Add(call, (call.Tokens * prices.Input) - cost, tokens >= prices.Minimum, tokens);
        }

        return groups.Values;
    }
}
