using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Messages;

namespace Telemetry.Handler.Observing;

/// <summary>Puts a record together from what was seen, and prices it.</summary>
internal static class RecordAssembler
{
    /// <summary>The record and the sum that explains its cost.</summary>
    public static (CallRecord Record, CostBreakdown Breakdown) Assemble(CallSketch sketch, Ending ending, PriceBook prices)
    {
        var facts = sketch.Facts;
        var usage = UsageOf(sketch, facts);
        var record = Unpriced(sketch, ending) with
        {
            Usage = usage,
            Estimate = EstimateOf(sketch, ending, usage),
        };
        var breakdown = prices.Price(PricingRequest.From(record));
        return (record with { Cost = breakdown.Cost }, breakdown);
    }

    /// <summary>What is known while the call is in flight; priced when it is found after a crash.</summary>
    public static CallRecord InFlight(CallSketch sketch) =>
        Unpriced(sketch, new Ending(CallOutcome.Interrupted, null, null)) with { Usage = UsageOf(sketch, sketch.Facts) };

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
        MessageId = sketch.Facts?.MessageId,
        RequestId = sketch.Headers?.RequestId ?? sketch.Facts?.RequestIdFromBody,
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
        RateLimits = sketch.Headers?.RateLimits ?? [],
        LimitScope = sketch.LimitScope,
        Faults = sketch.Faults(),
    };

    // The output figure of message_start is a placeholder: without a message_delta the output is not known.
    private static TokenUsage? UsageOf(CallSketch sketch, AnswerFacts? facts)
    {
        if (facts is null)
        {
            return null;
        }

        if (facts.InputTokensCounted is { } counted)
        {
            return new TokenUsage { InputTokens = counted };
        }

        if (!facts.HasUsage)
        {
            return null;
        }

        return facts.OutputIsFinal ? facts.Usage : facts.Usage with { OutputTokens = null };
    }

    private static TokenEstimate? EstimateOf(CallSketch sketch, Ending ending, TokenUsage? usage)
    {
        var isCut = ending.Outcome is CallOutcome.Canceled or CallOutcome.Timeout or CallOutcome.Truncated or CallOutcome.Error;
        return isCut && sketch.Facts is { SawMessageStart: true } facts && usage?.OutputTokens is null
            ? OutputEstimator.Estimate(ReceivedOf(sketch, facts), facts.Model ?? sketch.ModelRequested, sketch.Request.MaxTokens)
            : null;
    }

    private static OutputReceived ReceivedOf(CallSketch sketch, AnswerFacts facts) => new(
        facts.Received.Text + facts.Received.Compaction,
        facts.Received.Thinking,
        facts.Received.ToolInput,
        sketch.ToolCalls,
        facts.HiddenThinking,
        facts.EstimatedThinkingTokens);
}
