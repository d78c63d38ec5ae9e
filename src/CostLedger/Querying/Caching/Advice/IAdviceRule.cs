using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Advice;

/// <summary>Looks for one kind of waste.</summary>
internal interface IAdviceRule
{
    /// <summary>What it finds, in any order, however little it is worth.</summary>
    IEnumerable<CacheAdvice> Advise(CacheTraffic traffic);
}
