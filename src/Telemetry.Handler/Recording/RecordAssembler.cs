using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;

namespace Telemetry.Handler.Recording;

/// <summary>Puts a record together from what was seen, and prices it.</summary>
internal static class RecordAssembler
{
    /// <summary>The fault of an answer without usage whose counts are those that Bedrock measured.</summary>
    public const string UsageFromMetrics = "usage_from_metrics";

    /// <summary>The record and the sum that explains its cost.</summary>
    public static (CallRecord Record, CostBreakdown Breakdown) Assemble(CallSketch sketch, Ending ending, PriceBook prices)
    {
        var usage = UsageOf(sketch);
        var record = Unpriced(sketch, ending) with { Usage = usage };
        record = record with { Estimate = Estimates.Of(sketch, ending, usage, record.Model) };
        var breakdown = prices.Price(PricingRequest.From(record));
        return (record with { Cost = breakdown.Cost, ModelMatched = ModelNames.Find(record, prices) }, breakdown);
    }

    /// <summary>What is known while the call is in flight; priced when it is found after a crash.</summary>
    public static CallRecord InFlight(CallSketch sketch)
    {
        var ending = new Ending(CallOutcome.Interrupted, null, null);
        var usage = UsageOf(sketch);
        var record = Unpriced(sketch, ending) with { Usage = usage };
        return record with { Estimate = Estimates.Of(sketch, ending, usage, record.Model) };
    }

    private static CallRecord Unpriced(CallSketch sketch, Ending ending) => new()
    {
        Id = sketch.Id,
        FirstAttemptId = sketch.Attempt.FirstAttemptId,
        Attempt = sketch.Attempt.Ordinal,
        Provider = sketch.Endpoint.Provider,
        Operation = sketch.Endpoint.Operation,
        Location = sketch.Endpoint.Location,
        Host = sketch.Endpoint.Host,
        ModelRequested = sketch.ModelRequested,
        ModelServed = sketch.Facts?.Model,
        ModelAlias = sketch.ModelAlias,
        MessageId = sketch.Facts?.MessageId,
        RequestId = sketch.Headers?.RequestId ?? sketch.Facts?.RequestIdFromBody,
        BatchId = sketch.BatchId,
        BatchRequests = sketch.BatchRequests,
        IsStream = sketch.IsStream,
        HttpStatus = sketch.HttpStatus,
        Outcome = ending.Outcome,
        StreamEnd = ending.StreamEnd,
        ErrorType = ending.ErrorType,
        StopReason = sketch.Facts?.StopReason,
        RefusalCategory = sketch.Facts?.RefusalCategory,
        RetryAfter = sketch.Headers?.RetryAfter,
        Cost = new CallCost { Basis = CostBasis.Unpriced },
        Timing = sketch.Timing(),
        Transfer = sketch.Transfer(),
        Labels = sketch.Labels.Labels,
        InvocationMetrics = InvocationOf(sketch),
        Prompt = sketch.Prompt?.Readout?.Path,
        CacheVerdict = sketch.Facts is { CacheDiagnosis: { } verdict } facts ? new CacheVerdict(verdict, facts.CacheMissedInputTokens) : null,
        ToolRounds = sketch.Prompt?.Readout?.Tools.Rounds ?? [],
        ToolLoop = sketch.Prompt?.Readout?.Tools.Loop,
        LimitScope = sketch.LimitScope,
        RateLimits = sketch.Headers?.RateLimits ?? [],
        Faults = IsUsageFromMetrics(sketch) ? [.. sketch.Faults(), UsageFromMetrics] : sketch.Faults(),
    };

    private static TokenUsage? UsageOf(CallSketch sketch) =>
        sketch.Facts?.InputTokensCounted is { } counted ? new TokenUsage { InputTokens = counted }
        : UsageWithMetrics(sketch, UsageOfAnswer(sketch.Facts)) is not { } usage ? null
        : usage with { ServiceTier = usage.ServiceTier ?? sketch.Headers?.ServiceTier };

    // The output figure of message_start is a placeholder: without a message_delta the output is not known.
    private static TokenUsage? UsageOfAnswer(AnswerFacts? facts) =>
        facts is not { HasUsage: true } ? null
        : facts.OutputIsFinal ? facts.Usage
        : facts.Usage with { OutputTokens = null };

    // Bedrock counts beside the model's own usage. Where the answer lacks a side, as a legacy completion, one whose body nobody
    // read, or one of which a frame was damaged, its counts stand in.
    private static TokenUsage? UsageWithMetrics(CallSketch sketch, TokenUsage? told)
    {
        if (sketch.Endpoint.Operation is not (Operation.Messages or Operation.Converse) || InvocationOf(sketch) is not { } metrics)
        {
            return told;
        }

        var usage = told ?? new TokenUsage();
        usage = usage.TotalInputTokens is not null || metrics.InputTokens is null ? usage : usage with
        {
            InputTokens = metrics.InputTokens,
            CacheReadInputTokens = metrics.CacheReadInputTokens,
            CacheCreationInputTokens = metrics.CacheWriteInputTokens,
        };
        usage = usage with { OutputTokens = usage.OutputTokens ?? metrics.OutputTokens };
        return told is null && usage == new TokenUsage() ? null : usage;
    }

    private static bool IsUsageFromMetrics(CallSketch sketch)
    {
        var told = UsageOfAnswer(sketch.Facts);
        return sketch.Facts is { InputTokensCounted: null } && UsageWithMetrics(sketch, told) != told;
    }

    // A stream's last event, else the headers of a whole answer.
    private static InvocationMetrics? InvocationOf(CallSketch sketch) =>
        (sketch.Facts?.InvocationMetrics, sketch.Headers?.Invocation) is not ({ } own, { } headers)
            ? sketch.Facts?.InvocationMetrics ?? sketch.Headers?.Invocation
            : new InvocationMetrics
            {
                InputTokens = own.InputTokens ?? headers.InputTokens,
                OutputTokens = own.OutputTokens ?? headers.OutputTokens,
                CacheReadInputTokens = own.CacheReadInputTokens ?? headers.CacheReadInputTokens,
                CacheWriteInputTokens = own.CacheWriteInputTokens ?? headers.CacheWriteInputTokens,
                InvocationLatency = own.InvocationLatency ?? headers.InvocationLatency,
                FirstByteLatency = own.FirstByteLatency ?? headers.FirstByteLatency,
            };
}
