using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>The same tools are sent in another order, within conversations or from one to another.</summary>
internal sealed class ToolOrder : IAdviceRule
{
    private const string Reason = "tools_reordered";

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => LossGroup
        .Join(LossGroup.Of(traffic, [Reason], _ => null).Concat(LossGroup.Of(traffic.HeadChanges.Where(h => h.Reason == Reason))))
        .Select(g => g.Advice(
            "tool_order",
            $"{Words.Calls(g.Calls.Count)} sent the same tools in another order than before; all behind them was written again.",
            "Sort the tools by name before each request."));
}
