using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Metrics;

/// <summary>What breaks of the prompt cache took, by reason and part of the prompt.</summary>
/// <param name="meter">The meter.</param>
internal sealed class CacheMetrics(Meter meter)
{
    private readonly Counter<long> _breaks = meter.CreateCounter<long>(MetricNames.CacheBreaks, "{break}", "Calls that lost what their conversation had in the prompt cache");

    private readonly Counter<long> _tokens = meter.CreateCounter<long>(MetricNames.CacheBreakLostTokens, "{token}", "Tokens that could have been read from the prompt cache");

    private readonly Counter<double> _cost = meter.CreateCounter<double>(MetricNames.CacheBreakCost, "{USD}", "What breaks of the prompt cache cost");

    public bool IsEnabled => _breaks.Enabled || _tokens.Enabled || _cost.Enabled;

    public void Record(CallRecord record, in TagList common)
    {
        if (record.CacheBreak is not { IsMissed: false } lost)
        {
            return;
        }

        var tags = common;
        tags.Add(CostLedgerTags.CacheBreakReason, lost.Reason);
        tags.Add(CostLedgerTags.CacheBreakSegment, CacheTags.NameOf(lost.Level));
        _breaks.Add(1, tags);
        _tokens.Add(lost.TokensLost, tags);
        if (lost.CostLost is { } cost && cost > NanoUsd.Zero)
        {
            _cost.Add(cost.ToDouble(), tags);
        }
    }

    /// <summary>The tokens written for five minutes and for one hour. What the answer does not divide counts as five minutes, as in the price.</summary>
    /// <param name="usage">The usage, or null.</param>
    public static (long FiveMinutes, long OneHour) WritesOf(TokenUsage? usage)
    {
        var oneHour = usage?.CacheCreation1hInputTokens ?? 0;
        var fiveMinutes = usage?.CacheCreation5mInputTokens ?? 0;
        var rest = (usage?.CacheCreationInputTokens ?? 0) - oneHour - fiveMinutes;
        return (fiveMinutes + Math.Max(0, rest), oneHour);
    }
}
