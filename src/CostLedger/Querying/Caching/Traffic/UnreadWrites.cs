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
    /// A call that read everything before its messages has written only messages, which nobody reads but a later call of the same
    /// conversation.
    /// </remarks>
    public static CacheLoss Of(CacheTraffic traffic)
    {
        var next = new Dictionary<(int, long), DateTimeOffset>();
        var (count, tokens, unpriced, cost) = (0L, 0L, 0L, 0m);
        for (var i = traffic.Calls.Count - 1; i >= 0; i--)
        {
            var call = traffic.Calls[i];
            if (call.Leaf == TrafficCall.NoNode || call.Thread == 0)
            {
                continue;
            }

            var key = (call.Cache, call.Thread);
            var ends = call.Start + LifetimeOf(call);
            var isLast = !next.TryGetValue(key, out var later) || later >= ends;
            next[key] = call.Start;
            if (isLast && ends <= traffic.End && call.Written5m + call.Written1h > 0 && HasReadHead(traffic, call))
            {
                count++;
                tokens += call.Written5m + call.Written1h;
                unpriced += call.Prices is null ? 1 : 0;
                cost += call.Prices is { } p ? (call.Written5m * (p.Write5m - p.Input)) + (call.Written1h * (p.Write1h - p.Input)) : 0;
            }
        }

        return new CacheLoss(count, tokens, CacheTraffic.Money(cost), unpriced);
    }

    private static TimeSpan LifetimeOf(TrafficCall call) =>
        call.Written1h > 0 || call.Lifetime == PromptLifetime.OneHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);

    private static bool HasReadHead(CacheTraffic traffic, TrafficCall call)
    {
        var head = traffic.Tree.HeadOf(call.Leaf);
        return call.Read > 0 && call.Read >= Margin * traffic.Tree.TokensOf(call, head);
    }
}
