using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Metrics;

/// <summary>What calls cost and what tokens they used, by kinds that add up.</summary>
/// <param name="meter">The meter.</param>
internal sealed class CostMetrics(Meter meter)
{
    private readonly Counter<double> _cost = meter.CreateCounter<double>(
        MetricNames.Cost, "{USD}", "Cost by what was paid for");

    private readonly Histogram<double> _operationCost = meter.CreateHistogram(
        MetricNames.OperationCost, "{USD}", "Cost of an operation, all its attempts", tags: null, Buckets.Dollars);

    private readonly Counter<long> _tokens = meter.CreateCounter<long>(
        MetricNames.Tokens, "{token}", "Tokens by kind; the kinds of input do not overlap");

    public bool IsEnabled => _cost.Enabled || _operationCost.Enabled || _tokens.Enabled;

    public void Record(in CallEnd end, in TagList common)
    {
        RecordCost(end, common);
        if (end.Record.Usage is { } usage)
        {
            RecordTokens(usage, end.OutputTokensTold, common);
        }
    }

    private void RecordCost(in CallEnd end, in TagList common)
    {
        // An attempt whose operation goes on adds to what the last one records.
        if (end.Operation.End != OperationEnd.No && (end.Operation.Cost ?? end.Record.Cost.Total) is { } sum)
        {
            _operationCost.Record(sum.ToDouble(), common);
        }

        if (end.Record.Cost.ByClass is not { } all)
        {
            return;
        }

        var (parts, compaction, advisor) = CostTags.Divide(all, end.Breakdown);
        AddCost(TagValues.Input, parts.Input, common);
        AddCost(TagValues.Output, parts.Output, common);
        AddCost(TagValues.CacheRead, parts.CacheRead, common);
        AddCost(TagValues.CacheWrite5m, parts.CacheWrite5m, common);
        AddCost(TagValues.CacheWrite1h, parts.CacheWrite1h, common);
        AddCost(TagValues.ServerTools, parts.ServerTools, common);
        AddCost(TagValues.Compaction, compaction, common);
        AddCost(TagValues.Advisor, advisor, common);
    }

    private void RecordTokens(TokenUsage usage, long? output, in TagList common)
    {
        var (fiveMinutes, oneHour) = CacheMetrics.WritesOf(usage);
        AddTokens(TagValues.InputUncached, usage.InputTokens, common);
        AddTokens(TagValues.CacheRead, usage.CacheReadInputTokens, common);
        AddTokens(TagValues.CacheWrite5m, fiveMinutes, common);
        AddTokens(TagValues.CacheWrite1h, oneHour, common);
        AddTokens(TagValues.Output, output, common);
        AddTokens(TagValues.Thinking, usage.ThinkingTokens, common);
        for (var i = 0; i < usage.Iterations.Count; i++)
        {
            AddIteration(usage.Iterations[i], common);
        }
    }

    // The counts at the top leave these out.
    private void AddIteration(UsageIteration iteration, in TagList common)
    {
        var (input, output) = iteration.Type switch
        {
            TagValues.CompactionIteration => (TagValues.CompactionIn, TagValues.CompactionOut),
            TagValues.AdvisorIteration => (TagValues.AdvisorIn, TagValues.AdvisorOut),
            _ => (null, null),
        };
        if (input is not null && output is not null)
        {
            AddTokens(input, iteration.InputTokens, common);
            AddTokens(input, iteration.CacheReadInputTokens, common);
            AddTokens(input, iteration.CacheCreationInputTokens, common);
            AddTokens(output, iteration.OutputTokens, common);
        }
    }

    private void AddCost(string component, NanoUsd amount, in TagList common)
    {
        if (amount > NanoUsd.Zero)
        {
            var tags = common;
            tags.Add(CostLedgerTags.CostComponent, component);
            _cost.Add(amount.ToDouble(), tags);
        }
    }

    private void AddTokens(string kind, long? tokens, in TagList common)
    {
        if (tokens > 0)
        {
            var tags = common;
            tags.Add(CostLedgerTags.TokenKind, kind);
            _tokens.Add(tokens.Value, tags);
        }
    }
}
