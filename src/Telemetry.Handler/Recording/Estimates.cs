using CostLedger.Records;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Names;
using Telemetry.Handler.Tokens;

namespace Telemetry.Handler.Recording;

/// <summary>What stands in for the counts that an attempt did not live to tell, by the provider's rule.</summary>
internal static class Estimates
{
    private const int FirstErrorStatus = 300;
    private const string StandardSpeed = "standard";

    /// <summary>What was expected, and what stands in for missing counts; null where there is neither.</summary>
    public static TokenEstimate? Of(CallSketch sketch, Ending ending, TokenUsage? usage, string? model)
    {
        if (ending.WasNeverSent)
        {
            return InputEstimator.Nothing;
        }

        var concluded = Concluded(sketch, ending, usage, model);
        var isTold = usage?.TotalInputTokens is not null;

        // An answer without counts that is whole has no price: an input alone is not one.
        return sketch.Prompt?.Readout?.Estimate is { } expected && (isTold || concluded is not null || ending.Outcome != CallOutcome.Success)
            ? Join(expected, concluded, isTold)
            : concluded;
    }

    // The interval of an estimate is likely; the bound of what may have been billed is certain.
    private static TokenEstimate Join(TokenEstimate expected, TokenEstimate? concluded, bool isInputTold) => expected with
    {
        InputTokensHigh = isInputTold || concluded is null ? expected.InputTokensHigh : concluded.InputTokensHigh,
        OutputTokens = concluded?.OutputTokens,
        OutputTokensLow = concluded?.OutputTokensLow,
        OutputTokensHigh = concluded?.OutputTokensHigh,
    };

    private static TokenEstimate? Concluded(CallSketch sketch, Ending ending, TokenUsage? usage, string? model)
    {
        // A whole answer without any counts may be none; one that leaves out a side was billed for it.
        var isWhole = ending.Outcome is CallOutcome.Success or CallOutcome.Refused;
        var isBillable = TagValues.IsInference(sketch.Endpoint.Operation) && sketch.HttpStatus is null or < FirstErrorStatus;
        var (isInputTold, isOutputTold) = (usage?.TotalInputTokens is not null, usage?.OutputTokens is not null);
        if (!isBillable || (isInputTold ? isOutputTold : isWhole && !isOutputTold))
        {
            return null;
        }

        var estimate = InputEstimator.Estimate(isInputTold ? default : SentOf(sketch), model, sketch.Request.MaxTokens);
        return isOutputTold || ending.Outcome == CallOutcome.Interrupted || sketch.Facts is not { } facts || !HasBegun(facts)
            ? estimate
            : WithOutput(estimate, Counted(OutputEstimator.Estimate(ReceivedOf(sketch, facts), model, LimitOf(sketch)), sketch.CountedOutput));
    }

    // A count is nearer than bytes are; the bounds hold for either.
    private static TokenEstimate Counted(TokenEstimate output, long? counted) => counted is not { } tokens ? output : output with
    {
        OutputTokens = Math.Clamp(tokens, output.OutputTokensLow ?? 0, output.OutputTokensHigh ?? long.MaxValue),
        Tokenizer = TokenCounter.O200kName,
    };

    private static TokenEstimate WithOutput(TokenEstimate? input, TokenEstimate output) => output with
    {
        InputTokens = input?.InputTokens,
        InputTokensHigh = input?.InputTokensHigh,
    };

    private static bool HasBegun(AnswerFacts facts) => facts.SawMessageStart || facts.ContentBlocks > 0;

    // Fast mode costs more than the standard price that stands in where nobody told what was served.
    private static InputSent SentOf(CallSketch sketch) => new(
        sketch.RequestBytes,
        sketch.Request.BinaryBytes,
        sketch.Request.Images,
        sketch.Request.KnownTools,
        sketch.Request.IsInputOpen || sketch.Request.Speed is not (null or StandardSpeed));

    // Bedrock bills an answer to its end whatever the caller does, and an answer that is no stream was written before it was sent.
    private static OutputLimit LimitOf(CallSketch sketch) => new(
        sketch.Request.MaxTokens,
        sketch.Chunks?.Behind ?? default,
        sketch.Endpoint.Provider is Provider.Bedrock or Provider.BedrockMantle || !sketch.IsStreamAnswer || sketch.Left is not null,
        sketch.Request.HasServerWork || sketch.HasServerWork || (sketch.Facts?.Compacted ?? false));

    private static OutputReceived ReceivedOf(CallSketch sketch, AnswerFacts facts) => new(
        facts.Received.Text + facts.Received.Compaction,
        facts.Received.Thinking,
        facts.Received.ToolInput,
        sketch.ToolCalls,
        facts.HiddenThinking,
        facts.EstimatedThinkingTokens);
}
