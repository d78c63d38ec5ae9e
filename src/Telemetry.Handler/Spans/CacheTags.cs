using CostLedger.Records;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>Attributes of what a call read from the prompt cache, and of what it lost.</summary>
internal static class CacheTags
{
    /// <summary>What a call is expected to do with the prompt cache, beside what its estimate says.</summary>
    /// <param name="WriteTokens">Tokens that it will write; null where it has no breakpoint.</param>
    /// <param name="Cost">What its prompt costs; null without a price, or where it has no breakpoint.</param>
    /// <param name="Break">What it will lose; null: nothing.</param>
    internal readonly record struct Expected(long? WriteTokens, NanoUsd? Cost, CacheBreak? Break);

    /// <summary>Sets what is expected.</summary>
    /// <param name="tags">The span.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="cache">What more is expected.</param>
    public static void SetExpected(TagWriter tags, TokenEstimate estimate, in Expected cache)
    {
        tags.Set(CostLedgerTags.CacheExpectedReadTokens, estimate.ExpectedCacheReadTokens);
        tags.Set(CostLedgerTags.CacheExpectedWriteTokens, cache.WriteTokens);
        tags.Set(CostLedgerTags.CacheExpectedCost, cache.Cost?.ToDouble());
        tags.Set(CostLedgerTags.CacheExpectedBreakReason, cache.Break?.Reason);
    }

    /// <summary>Sets what was.</summary>
    /// <param name="tags">The span.</param>
    /// <param name="record">The call.</param>
    /// <param name="diff">What changed of the prompt; null where content is not captured.</param>
    public static void Set(TagWriter tags, CallRecord record, string? diff)
    {
        tags.Set(CostLedgerTags.CacheReadRatio, ReadRatio(record.Usage));
        tags.Set(CostLedgerTags.CacheExpectedReadTokens, record.Estimate?.ExpectedCacheReadTokens);
        tags.Set(CostLedgerTags.CacheProviderVerdict, record.CacheVerdict?.Reason);
        if (record.CacheBreak is not { } lost)
        {
            return;
        }

        tags.SetFlag(CostLedgerTags.CacheBreak, !lost.IsMissed);
        tags.Set(CostLedgerTags.CacheBreakReason, lost.Reason);
        tags.Set(CostLedgerTags.CacheBreakSegment, NameOf(lost.Level));
        tags.Set(CostLedgerTags.CacheBreakIndex, lost.Item);
        tags.Set(CostLedgerTags.CacheBreakPlace, lost.Place);
        tags.Set(CostLedgerTags.CacheBreakDiff, diff);
        tags.Set(CostLedgerTags.CacheBreakLostTokens, lost.TokensLost);
        tags.Set(CostLedgerTags.CacheBreakCost, lost.CostLost?.ToDouble());
        tags.Set(CostLedgerTags.CacheBreakComparedWith, lost.ComparedWith?.ToString());
    }

    /// <summary>The name of a part of the prompt.</summary>
    public static string NameOf(PromptLevel level) => level switch
    {
        PromptLevel.Tools => "tools",
        PromptLevel.System => "system",
        _ => "messages",
    };

    private static double? ReadRatio(TokenUsage? usage) =>
        usage is { CacheReadInputTokens: { } read, TotalInputTokens: > 0 and var total } ? read / (double)total : null;
}
