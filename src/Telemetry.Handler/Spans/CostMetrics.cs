using System.Diagnostics;
using System.Diagnostics.Metrics;
using CostLedger.Records;

namespace Telemetry.Handler.Spans;

/// <summary>Money and tokens by class. The kinds of input tokens are disjoint, so that they add up to the whole prompt.</summary>
internal sealed class CostMetrics
{
    private const string Compaction = "compaction";

    private readonly Counter<double> _cost;
    private readonly Histogram<double> _operationCost;
    private readonly Counter<long> _tokens;

    public CostMetrics(Meter meter)
    {
        _cost = meter.CreateCounter<double>(MetricNames.Cost, "{USD}", "The cost at list prices, by what was paid for.");
        _operationCost = meter.CreateHistogram(
            MetricNames.OperationCost,
            "{USD}",
            "The cost of a call at list prices.",
            null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = MetricNames.UsdBuckets });
        _tokens = meter.CreateCounter<long>(MetricNames.Tokens, "{token}", "Tokens by kind; thinking is a part of output.");
    }

    public void Record(CallRecord record)
    {
        if (record.Cost.ByClass is { } cost && (_cost.Enabled || _operationCost.Enabled))
        {
            RecordCost(cost, CallMetrics.CommonTags(record));
        }

        if (record.Usage is { } usage && _tokens.Enabled)
        {
            RecordTokens(usage, CallMetrics.CommonTags(record));
        }
    }

    private void RecordCost(CostByClass cost, TagList tags)
    {
        _operationCost.Record(cost.Total.ToDouble(), tags);
        AddCost(cost.Input, "input", tags);
        AddCost(cost.Output, "output", tags);
        AddCost(cost.CacheRead, "cache_read", tags);
        AddCost(cost.CacheWrite5m, "cache_write_5m", tags);
        AddCost(cost.CacheWrite1h, "cache_write_1h", tags);
        AddCost(cost.ServerTools, "server_tools", tags);
    }

    private void RecordTokens(TokenUsage usage, TagList tags)
    {
        var hour = usage.CacheCreation1hInputTokens ?? 0;
        AddTokens(usage.InputTokens, "input_uncached", tags);
        AddTokens(usage.CacheReadInputTokens, "cache_read", tags);
        AddTokens((usage.CacheCreationInputTokens ?? 0) - hour, "cache_write_5m", tags);
        AddTokens(hour, "cache_write_1h", tags);
        AddTokens(usage.OutputTokens, "output", tags);
        AddTokens(usage.ThinkingTokens, "thinking", tags);
        foreach (var iteration in usage.Iterations)
        {
            if (string.Equals(iteration.Type, Compaction, StringComparison.Ordinal))
            {
                AddTokens(
                    (iteration.InputTokens ?? 0) + (iteration.CacheReadInputTokens ?? 0) + (iteration.CacheCreationInputTokens ?? 0),
                    "compaction_in",
                    tags);
                AddTokens(iteration.OutputTokens, "compaction_out", tags);
            }
        }
    }

    private void AddCost(NanoUsd amount, string component, TagList tags)
    {
        if (amount.Value > 0)
        {
            tags.Add(CostLedgerTags.CostComponent, component);
            _cost.Add(amount.ToDouble(), tags);
        }
    }

    private void AddTokens(long? count, string kind, TagList tags)
    {
        if (count > 0)
        {
            tags.Add(CostLedgerTags.TokenKind, kind);
            _tokens.Add(count.Value, tags);
        }
    }
}
