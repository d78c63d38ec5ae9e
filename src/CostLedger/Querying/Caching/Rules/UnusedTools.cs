using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>Tools whose definitions are sent with every call, and that no model ever called.</summary>
internal sealed class UnusedTools : IAdviceRule
{
    private const int MostNames = 6;

    // A tool that is rarely needed is no waste: who sent it this often and never saw it called may think again.
    private const int Enough = 20;

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => traffic.UsedTools is not { } used ? [] : traffic.Calls
        .Where(c => c.Leaf != TrafficCall.NoNode && c.Prices is not null && c.Start >= used.Since)
        .GroupBy(c => c.Model, StringComparer.Ordinal)
        .Select(g => AdviceOf(traffic, used.Names, g))
        .OfType<CacheAdvice>();

    private static CacheAdvice? AdviceOf(CacheTraffic traffic, IReadOnlySet<string> used, IGrouping<string, TrafficCall> calls)
    {
        var tools = new Dictionary<string, (long Calls, decimal Cost, CallId Example)>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            foreach (var (name, cost) in CostsOf(traffic, call).Where(t => !used.Contains(t.Name)))
            {
                var (count, sum, _) = tools.GetValueOrDefault(name);
                tools[name] = (count + 1, sum + cost, call.Id);
            }
        }

        var unused = tools.Where(t => t.Value.Calls >= Enough).OrderByDescending(t => t.Value.Cost).ThenBy(t => t.Key, StringComparer.Ordinal).ToList();
        if (unused.Count == 0)
        {
            return null;
        }

        var names = string.Join(", ", unused.Take(MostNames).Select(t => t.Key)) + (unused.Count > MostNames ? $" and {unused.Count - MostNames} more" : "");
        return new CacheAdvice
        {
            Kind = "unused_tools",
            Model = calls.Key,
            Subject = names,
            Saving = CacheTraffic.Money(unused.Sum(t => t.Value.Cost)),
            Calls = unused.Max(t => t.Value.Calls),
            Found = $"{(unused.Count == 1 ? "1 tool is" : $"{Words.Count(unused.Count)} tools are")} sent again and again, and no call of {(unused.Count == 1 ? "it" : "them")} is in the ledger: {names}.",
            Action = "Leave these definitions out where they are not needed, or let the model search for tools.",
            Example = unused[0].Value.Example,
        };
    }

    private static decimal Within(decimal start, decimal end, decimal from, decimal to) => Math.Max(0, Math.Min(end, to) - Math.Max(start, from));

    // What the definitions cost in this call: read, written or plain, by where they stand.
    private static IEnumerable<(string Name, decimal Cost)> CostsOf(CacheTraffic traffic, TrafficCall call)
    {
        var whole = traffic.Tree.WeightOf(call.Leaf);
        if (call.Prices is not { } prices || whole <= 0)
        {
            yield break;
        }

        var scale = (decimal)call.Tokens / whole;
        foreach (var (name, tokens, before) in traffic.Tree.ToolsUpTo(traffic.Tree.LastToolOf(call.Leaf)))
        {
            var (start, end) = ((before - tokens) * scale, before * scale);
            var (hour, five) = (call.Read + call.Written1h, call.Read + call.Written1h + call.Written5m);
            yield return (name, (prices.Read * Within(start, end, 0, call.Read)) + (prices.Write1h * Within(start, end, call.Read, hour))
                + (prices.Write5m * Within(start, end, hour, five)) + (prices.Input * Within(start, end, five, decimal.MaxValue)));
        }
    }
}
