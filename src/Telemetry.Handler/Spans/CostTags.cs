using System.Diagnostics;
using CostLedger.Records;

namespace Telemetry.Handler.Spans;

/// <summary>What the call cost, and the key that leads from the span to the ledger. Never overwrites what is there.</summary>
internal static class CostTags
{
    private const string Usd = "USD";
    private const string Local = "local";

    public static void Set(Activity activity, FinishedCall call)
    {
        var (record, breakdown) = (call.Record, call.Breakdown);
        Add(activity, CostLedgerTags.CallId, record.Id.ToString());
        Add(activity, CostLedgerTags.Platform, record.Provider.Name());
        Add(activity, CostLedgerTags.CostBasis, record.Cost.Basis.Name());
        Add(activity, CostLedgerTags.UsagePartial, record.Cost.Basis == CostBasis.Estimated ? true : null);
        if (record.Cost.ByClass is { } cost)
        {
            SetAmounts(activity, cost, record.Cost);
            Add(activity, CostLedgerTags.PricingVersion, record.Cost.PriceVersion);
            Add(activity, CostLedgerTags.PricingTier, record.Usage?.ServiceTier);
            Add(activity, CostLedgerTags.PricingModifier, breakdown.Modifiers.Count == 0 ? null : breakdown.Modifiers.ToArray());
        }

        Add(activity, CostLedgerTags.EstimateOutputTokens, record.Estimate?.OutputTokens);
        Add(activity, CostLedgerTags.EstimateTokenizer, record.Estimate?.Tokenizer);
        Add(activity, CostLedgerTags.WebSearches, record.Usage?.WebSearchRequests);
        Add(activity, CostLedgerTags.WebFetches, record.Usage?.WebFetchRequests);
        if (record.Usage is { TotalInputTokens: > 0 and var total, CacheReadInputTokens: { } read })
        {
            Add(activity, CostLedgerTags.CacheReadRatio, (double)read / total);
        }
    }

    /// <summary>The names proposed to the conventions.</summary>
    public static void SetAlias(Activity activity, FinishedCall call, bool isWanted)
    {
        if (isWanted && call.Record.Cost.Total is { } total)
        {
            Add(activity, GenAiTags.UsageCostAmount, total.ToDouble());
            Add(activity, GenAiTags.UsageCostCurrency, Usd);
            Add(activity, GenAiTags.UsageCostSource, Local);
        }
    }

    private static void SetAmounts(Activity activity, CostByClass cost, CallCost whole)
    {
        Add(activity, CostLedgerTags.CostAmount, cost.Total.ToDouble());
        Add(activity, CostLedgerTags.CostCurrency, Usd);
        Add(activity, CostLedgerTags.CostSource, Local);
        Add(activity, CostLedgerTags.CostComplete, whole.Basis is CostBasis.Measured or CostBasis.Unbilled && whole.Marks.Count == 0);
        Add(activity, CostLedgerTags.CostInput, cost.Input.ToDouble());
        Add(activity, CostLedgerTags.CostOutput, cost.Output.ToDouble());
        Add(activity, CostLedgerTags.CostCacheRead, cost.CacheRead.ToDouble());
        Add(activity, CostLedgerTags.CostCacheWrite5m, cost.CacheWrite5m.ToDouble());
        Add(activity, CostLedgerTags.CostCacheWrite1h, cost.CacheWrite1h.ToDouble());
        Add(activity, CostLedgerTags.CostServerTools, cost.ServerTools.ToDouble());
        Add(activity, CostLedgerTags.CostSavedByCache, whole.SavedByCache?.ToDouble());
    }

    private static void Add(Activity activity, string name, object? value)
    {
        if (value is not null && activity.GetTagItem(name) is null)
        {
            activity.SetTag(name, value);
        }
    }
}
