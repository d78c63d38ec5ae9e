using CostLedger.Querying.Caching.Findings;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Caching.Traffic;

/// <summary>Finds what was written and never read, as far as the ledger can tell for certain.</summary>
internal static class UnreadWrites
{
    // By the ledger's own count of tokens, which is not the provider's.
    private const decimal Margin = 1.05m;

    /// <summary>The writes, and what they cost more than plain input.</summary>
    /// <remarks>
    /// What a call writes ends at its breakpoints, and only a prompt that holds all up to one of them can read it: what lies behind the
    /// last breakpoint that a later prompt holds in time is read by nobody.
    /// </remarks>
    public static CacheLoss Of(CacheTraffic traffic)
    {
        var marks = traffic.Calls.SelectMany(c => c.Marks).ToHashSet();
        var next = new Dictionary<(int Cache, int Node), DateTimeOffset>();
        var others = traffic.Others.Count - 1;
        var (count, tokens, unpriced, cost) = (0L, 0L, 0L, 0m);
        for (var i = traffic.Calls.Count - 1; i >= 0; i--)
        {
            var call = traffic.Calls[i];
            for (; others >= 0 && traffic.Others[others].Start >= call.Start; others--)
            {
                Note(traffic.Tree, traffic.Others[others], marks, next);
            }

            if (UnreadOf(traffic, call, next) is > 0 and var unread)
            {
                var five = Math.Min(unread, call.Written5m);
                count++;
                tokens += unread;
                unpriced += call.Prices is null ? 1 : 0;
                cost += call.Prices is { } p ? (five * (p.Write5m - p.Input)) + ((unread - five) * (p.Write1h - p.Input)) : 0;
            }

            Note(traffic.Tree, call, marks, next);
        }

        return new CacheLoss(count, tokens, CacheTraffic.Money(cost), unpriced);
    }

    private static void Note(PromptTree tree, TrafficCall call, HashSet<int> marks, Dictionary<(int, int), DateTimeOffset> next)
    {
        for (var node = call.Leaf; node != TrafficCall.NoNode; node = tree.ParentOf(node))
        {
            if (marks.Contains(node))
            {
                next[(call.Cache, node)] = call.Start;
            }
        }
    }

    private static long UnreadOf(CacheTraffic traffic, TrafficCall call, Dictionary<(int, int), DateTimeOffset> next)
    {
        var written = call.Written5m + call.Written1h;
        var ends = call.Start + LifetimeOf(call);
        if (written == 0 || call.Marks.Count == 0 || ends > traffic.End || call.Start < traffic.CertainSince)
        {
            return 0;
        }

        var held = call.Marks.LastOrDefault(m => next.TryGetValue((call.Cache, m), out var later) && later < ends, TrafficCall.NoNode);
        var known = Math.Max(call.Read, (long)(Margin * traffic.Tree.TokensOf(call, held)));
        return Math.Min(written, call.Read + written - known);
    }

    private static TimeSpan LifetimeOf(TrafficCall call) =>
        call.Written1h > 0 || call.Lifetime == PromptLifetime.OneHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
}
