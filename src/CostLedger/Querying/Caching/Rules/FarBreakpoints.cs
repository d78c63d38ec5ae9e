using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>What is cached is further before a breakpoint than the provider looks.</summary>
internal sealed class FarBreakpoints : IAdviceRule
{
    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => LossGroup.Of(traffic, ["lookback_exceeded"], _ => null).Select(g => g.Advice(
        "far_breakpoints",
        $"{Words.Calls(g.Calls.Count)} had more than 20 blocks between the breakpoint and what was cached before it.",
        "Set a further breakpoint at least every 20 blocks: a prompt may have four."));
}
