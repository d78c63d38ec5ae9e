using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>Asks all rules, and leaves out what is not worth doing.</summary>
internal static class Advisor
{
    // A cent, or half a percent of what input cost, whichever is more.
    private const long Least = NanoUsd.PerDollar / 100;
    private const int PartOfCost = 200;

    private const string Tools = "unused_tools";
    private const string Hour = "use_1h";

    // What is followed first.
    private static readonly string[] Changing = ["unstable_prefix", "tool_order", "changing_settings"];

    private static readonly IAdviceRule[] Rules =
    [
        new UnmarkedPrefixes(), new ShortPrefixes(), new Lifetimes(), new UnstablePrefixes(), new ToolOrder(), new ParallelWrites(),
        new FarBreakpoints(), new ChangingSettings(), new UnusedTools(),
    ];

    /// <summary>The advice, the most money first.</summary>
    public static IReadOnlyList<CacheAdvice> Advise(CacheTraffic traffic)
    {
        var cost = traffic.Calls.Aggregate(NanoUsd.Zero, (sum, call) => sum + (call.InputCost ?? NanoUsd.Zero));
        var least = new NanoUsd(Math.Max(Least, cost.Value / PartOfCost));
        var advice = Rules.SelectMany(r => r.Advise(traffic)).Where(a => a.Saving >= least).ToList();
        return
        [
            .. advice.Select(a => WithCondition(WithShared(a, advice), advice))
                .OrderByDescending(a => a.Saving).ThenBy(a => a.Kind, StringComparer.Ordinal)
                .ThenBy(a => a.Model, StringComparer.Ordinal).ThenBy(a => a.Subject, StringComparer.Ordinal),
        ];
    }

    // A lifetime is computed for each prefix by itself. While prefixes change, each is written anew, and an hour makes that dearer.
    private static CacheAdvice WithCondition(CacheAdvice advice, List<CacheAdvice> all) =>
        advice.Kind != Hour || !all.Exists(a => Changing.Contains(a.Kind) && string.Equals(a.Model, advice.Model, StringComparison.Ordinal)) ? advice : advice with
        {
            Found = $"{advice.Found} This supposes that the prefixes stay as they are, as other advice here asks for: what changes is written anew, and for an hour at the dearer price.",
        };

    // Each loss has one reason, and a call is marked or not: only tools that need not be sent are in the others' prompts, too.
    private static CacheAdvice WithShared(CacheAdvice advice, List<CacheAdvice> all) => advice.Kind != Tools ? advice : advice with
    {
        SharesMoneyWith = [.. all.Where(a => a.Kind != Tools && string.Equals(a.Model, advice.Model, StringComparison.Ordinal)).Select(a => a.Kind).Distinct(StringComparer.Ordinal)],
    };
}
