using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>Requests with a new prefix are sent at once, and each writes it.</summary>
internal sealed class ParallelWrites : IAdviceRule
{
    // What is sent within so much of the one before belongs to the same burst.
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => LossGroup.Of(traffic, ["concurrent_first_write"], _ => null).Select(g =>
    {
        var bursts = 1 + g.Calls.Zip(g.Calls.Skip(1)).Count(pair => pair.Second.Start - pair.First.Start > Apart);
        return g.Advice(
            "parallel_writes",
            $"{Words.Calls(g.Calls.Count)} in {(bursts == 1 ? "1 burst" : $"{Words.Count(bursts)} bursts")} wrote a prefix that another request was just writing.",
            "Send one request, wait until its answer begins, then send the others.");
    });
}
