using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>The same tools are sent in another order.</summary>
internal sealed class ToolOrder : IAdviceRule
{
    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => LossGroup.Of(traffic, ["tools_reordered"], _ => null).Select(g => g.Advice(
        "tool_order",
        $"{Words.Calls(g.Calls.Count)} sent the same tools in another order than before; all behind them was written again.",
        "Sort the tools by name before each request."));
}
