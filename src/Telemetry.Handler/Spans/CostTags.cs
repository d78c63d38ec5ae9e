using System.Diagnostics;
using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Records.Tools;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>Attributes of what a call costs, for an inference span of ours or one that is adopted.</summary>
internal static class CostTags
{
    private static readonly string[] Incomplete =
        [CostMarks.CodeExecutionNotPriced, CostMarks.IterationUnpriced, CostMarks.InputUnknown, CostMarks.ImplausibleUsage];

    private static readonly string[] Running =
    [
        CostLedgerTags.EstimateOutputTokens, CostLedgerTags.UsagePartial, CostLedgerTags.CostAmount, CostLedgerTags.CostCurrency,
        CostLedgerTags.CostBasis,
    ];

    /// <summary>Sets them in place of an earlier attempt's: what that one knew does not hold for this one.</summary>
    public static void Replace(Activity span, in CallEnd end, SpanOptions options)
    {
        if (end.Attempt.Ordinal > 1)
        {
            foreach (var (name, _) in span.TagObjects.ToArray())
            {
                if (name.StartsWith(CostLedgerTags.Prefix, StringComparison.Ordinal))
                {
                    span.SetTag(name, null);
                }
            }
        }

        Set(span, end, options);
    }

    /// <summary>Sets them.</summary>
    public static void Set(Activity span, in CallEnd end, SpanOptions options)
    {
        var tags = new TagWriter(span);
        var record = end.Record;
        tags.Set(CostLedgerTags.CallId, record.Id.ToString());
        tags.Set(CostLedgerTags.Platform, record.Provider.Name());
        tags.Set(CostLedgerTags.Attempts, record.Attempt);
        tags.Set(CostLedgerTags.RetryWastedCost, record.Attempt > 1 ? end.Operation.Wasted?.ToDouble() : null);
        SetCost(tags, end, options);
        if (!TagValues.IsInference(record.Operation))
        {
            return;
        }


        // Where nothing was sent, the record's estimate is that nothing is billed; what was expected stays.
        tags.Set(CostLedgerTags.EstimateInputTokens, record.Estimate is { InputTokensHigh: 0 } ? null : record.Estimate?.InputTokens);
        tags.Set(CostLedgerTags.EstimateOutputTokens, record.Estimate?.OutputTokens);
        tags.Set(CostLedgerTags.EstimateCost, record.Estimate?.ExpectedCost?.ToDouble());
        tags.Set(CostLedgerTags.EstimateTokenizer, record.Estimate?.Tokenizer);
        tags.Set(CostLedgerTags.EstimateErrorRatio, ErrorRatio(record));
        CacheTags.Set(tags, record, end.CacheDiff);
        tags.Set(CostLedgerTags.UsageWebSearchRequests, record.Usage?.WebSearchRequests);
        tags.Set(CostLedgerTags.UsageWebFetchRequests, record.Usage?.WebFetchRequests);
        tags.SetIfTrue(CostLedgerTags.UsagePartial, record.Estimate?.OutputTokens is not null);
        tags.Set(CostLedgerTags.PricingTier, record.Usage?.ServiceTier);
        SetTools(tags, record);
    }

    private static void SetTools(TagWriter tags, CallRecord record)
    {
        var rounds = record.ToolRounds;
        var errors = 0;
        for (var i = 0; i < rounds.Count; i++)
        {
            errors += rounds[i].IsError ? 1 : 0;
        }

        tags.Set(CostLedgerTags.ToolRounds, rounds.Count > 0 ? rounds.Count : null);
        tags.Set(CostLedgerTags.ToolErrors, errors > 0 ? errors : null);
        tags.Set(CostLedgerTags.LoopKind, record.ToolLoop?.Kind.Name());
        tags.Set(CostLedgerTags.LoopTool, record.ToolLoop?.Tool);
        tags.Set(CostLedgerTags.LoopRounds, record.ToolLoop?.Rounds);
    }

    /// <summary>Sets what is known while an answer arrives. It has the names of what is known at the end, which takes its place.</summary>
    /// <param name="span">The inference span.</param>
    /// <param name="outputTokens">The output tokens so far.</param>
    /// <param name="cost">The cost so far; null without a price.</param>
    public static void SetRunning(Activity span, long outputTokens, NanoUsd? cost)
    {
        var tags = new TagWriter(span);
        tags.Set(CostLedgerTags.EstimateOutputTokens, outputTokens);
        tags.SetFlag(CostLedgerTags.UsagePartial, value: true);
        if (cost is { } known)
        {
            tags.Set(CostLedgerTags.CostAmount, known.ToDouble());
            tags.Set(CostLedgerTags.CostCurrency, TagValues.Currency);
            tags.Set(CostLedgerTags.CostBasis, CostLedger.Records.CostBasis.Estimated.Name());
        }
    }

    /// <summary>Takes away what <see cref="SetRunning"/> set.</summary>
    public static void ClearRunning(Activity span)
    {
        foreach (var name in Running)
        {
            span.SetTag(name, null);
        }
    }

    /// <summary>
    /// Divides a cost so that compaction and advisors, of which the top-level usage says nothing, stand by themselves. The
    /// parts add up to the whole.
    /// </summary>
    public static (CostByClass Classes, NanoUsd Compaction, NanoUsd Advisor) Divide(CostByClass cost, CostBreakdown? breakdown)
    {
        if (breakdown is null)
        {
            return (cost, NanoUsd.Zero, NanoUsd.Zero);
        }

        var compaction = breakdown.CostOf(TagValues.CompactionIteration);
        var advisor = breakdown.CostOf(TagValues.AdvisorIteration);
        return (cost - compaction - advisor, compaction.Total, advisor.Total);
    }

    /// <summary>How far the estimate of the input was off: 0.1 is ten percent too high.</summary>
    public static double? ErrorRatio(CallRecord record) =>
        record.Estimate?.InputTokens is { } estimated && record.Usage is { InputTokens: not null, TotalInputTokens: > 0 and var told }
            ? (estimated - told) / (double)told
            : null;

    private static void SetCost(TagWriter tags, in CallEnd end, SpanOptions options)
    {
        var cost = end.Record.Cost;
        tags.Set(CostLedgerTags.CostBasis, cost.Basis.Name());
        if (cost.ByClass is not { } all)
        {
            return;
        }

        var (parts, compaction, advisor) = Divide(all, end.Breakdown);
        var total = all.Total.ToDouble();
        tags.Set(CostLedgerTags.CostAmount, total);
        tags.Set(CostLedgerTags.CostCurrency, TagValues.Currency);
        tags.Set(CostLedgerTags.CostSource, TagValues.Local);
        tags.SetFlag(CostLedgerTags.CostComplete, IsComplete(cost));
        tags.Set(CostLedgerTags.CostInput, parts.Input.ToDouble());
        tags.Set(CostLedgerTags.CostOutput, parts.Output.ToDouble());
        tags.Set(CostLedgerTags.CostCacheRead, parts.CacheRead.ToDouble());
        tags.Set(CostLedgerTags.CostCacheWrite5m, parts.CacheWrite5m.ToDouble());
        tags.Set(CostLedgerTags.CostCacheWrite1h, parts.CacheWrite1h.ToDouble());
        tags.Set(CostLedgerTags.CostServerTools, parts.ServerTools.ToDouble());
        tags.Set(CostLedgerTags.CostCompaction, compaction > NanoUsd.Zero ? compaction.ToDouble() : null);
        tags.Set(CostLedgerTags.CostAdvisor, advisor > NanoUsd.Zero ? advisor.ToDouble() : null);
        tags.Set(CostLedgerTags.CostSavedByCache, cost.SavedByCache?.ToDouble());
        tags.Set(CostLedgerTags.PricingVersion, cost.PriceVersion);
        tags.Set(CostLedgerTags.PricingModifier, end.Breakdown?.Modifiers ?? []);
        if (options.CostAlias)
        {
            tags.Set(GenAi.UsageCostAmount, total);
            tags.Set(GenAi.UsageCostCurrency, TagValues.Currency);
            tags.Set(GenAi.UsageCostSource, TagValues.Local);
        }
    }

    private static bool IsComplete(CallCost cost)
    {
        foreach (var mark in cost.Marks)
        {
            if (Array.IndexOf(Incomplete, mark) >= 0)
            {
                return false;
            }
        }

        return cost.Basis is CostBasis.Measured or CostBasis.Unbilled;
    }
}
