using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Spans;

/// <summary>The attributes of an inference span, by the GenAI conventions and the official SDK's names.</summary>
internal static class InferenceTags
{
    private static readonly string[] CutOff = ["error"];

    // Attributes beyond 128 are dropped by exporters: the ones that matter most come first.
    public static void Set(Activity activity, FinishedCall call, GenAiConventions conventions)
    {
        var record = call.Record;
        activity.SetTag(GenAiTags.RequestModel, record.ModelRequested);
        activity.SetTag(GenAiTags.ErrorType, record.ErrorType);
        SetUsage(activity, record, conventions);
        SetResponse(activity, call);
        SetRequest(activity, call.Request, record);
        StreamTags.Set(activity, record);
        SetLabels(activity, record.Labels);
    }

    private static void SetUsage(Activity activity, CallRecord record, GenAiConventions conventions)
    {
        if (record.Usage is not { } usage)
        {
            return;
        }

        if (record.Operation == Operation.CountTokens)
        {
            activity.SetTag(AnthropicTags.CountedTokens, usage.InputTokens);
            return;
        }

        activity.SetTag(GenAiTags.UsageInputTokens, usage.InputTokens is null ? null : usage.TotalInputTokens);
        activity.SetTag(GenAiTags.UsageOutputTokens, usage.OutputTokens);
        activity.SetTag(GenAiTags.UsageCacheRead, usage.CacheReadInputTokens);
        activity.SetTag(GenAiTags.UsageCacheWrite, usage.CacheCreationInputTokens);
        if (conventions != GenAiConventions.Latest)
        {
            activity.SetTag(GenAiTags.UsageCacheCreation, usage.CacheCreationInputTokens);
        }

        activity.SetTag(GenAiTags.UsageReasoning, usage.ThinkingTokens);
        activity.SetTag(AnthropicTags.CacheCreation5m, usage.CacheCreation5mInputTokens);
        activity.SetTag(AnthropicTags.CacheCreation1h, usage.CacheCreation1hInputTokens);
        activity.SetTag(AnthropicTags.ResponseServiceTier, usage.ServiceTier);
        SetCompaction(activity, usage);
    }

    private static void SetCompaction(Activity activity, TokenUsage usage)
    {
        long input = 0, output = 0;
        var found = false;
        foreach (var iteration in usage.Iterations)
        {
            if (string.Equals(iteration.Type, "compaction", StringComparison.Ordinal))
            {
                found = true;
                input += (iteration.InputTokens ?? 0) + (iteration.CacheReadInputTokens ?? 0) + (iteration.CacheCreationInputTokens ?? 0);
                output += iteration.OutputTokens ?? 0;
            }
        }

        if (found)
        {
            activity.SetTag(AnthropicTags.CompactionInput, input);
            activity.SetTag(AnthropicTags.CompactionOutput, output);
        }
    }

    private static void SetResponse(Activity activity, FinishedCall call)
    {
        var record = call.Record;
        activity.SetTag(GenAiTags.ResponseId, record.MessageId);
        activity.SetTag(GenAiTags.ResponseModel, record.ModelServed);
        activity.SetTag(AnthropicTags.StopReason, record.StopReason);
        if (record.StopReason is { } reason)
        {
            activity.SetTag(GenAiTags.ResponseFinishReasons, new[] { reason });
        }
        else if (record.Operation != Operation.CountTokens && record.HttpStatus == 200)
        {
            activity.SetTag(GenAiTags.ResponseFinishReasons, CutOff);
        }

        activity.SetTag(GenAiTags.ResponseTimeToFirstChunk, record.Timing.FirstContent?.TotalSeconds);
        activity.SetTag(AnthropicTags.RequestId, record.RequestId);
        activity.SetTag(AnthropicTags.OrganizationId, call.Headers?.OrganizationId);
        activity.SetTag(AnthropicTags.WorkspaceId, call.Headers?.WorkspaceId);
        if (record.Provider == Provider.Bedrock)
        {
            activity.SetTag(GenAiTags.AwsRequestId, record.RequestId);
        }

        if (call.IsCompacted)
        {
            activity.SetTag(GenAiTags.ConversationCompacted, true);
        }
    }

    private static void SetRequest(Activity activity, RequestSnapshot request, CallRecord record)
    {
        if (record.IsStream)
        {
            activity.SetTag(GenAiTags.RequestStream, true);
        }

        activity.SetTag(GenAiTags.RequestMaxTokens, request.MaxTokens);
        activity.SetTag(GenAiTags.RequestTemperature, request.Temperature);
        activity.SetTag(GenAiTags.RequestTopP, request.TopP);
        activity.SetTag(GenAiTags.RequestTopK, request.TopK);
        activity.SetTag(GenAiTags.RequestReasoningLevel, request.Effort);
        activity.SetTag(GenAiTags.OutputType, request.HasOutputFormat ? "json" : null);
        activity.SetTag(AnthropicTags.RequestServiceTier, request.ServiceTier);
        activity.SetTag(AnthropicTags.ThinkingType, request.ThinkingType);
        activity.SetTag(AnthropicTags.ThinkingBudget, request.ThinkingBudget);
        activity.SetTag(CostLedgerTags.CacheBreakpoints, request.CacheBreakpoints);
    }

    private static void SetLabels(Activity activity, CallLabels labels)
    {
        activity.SetTag(GenAiTags.ConversationId, labels.Conversation);
        activity.SetTag(CostLedgerTags.Session, labels.Session);
        foreach (var (key, value) in labels.Tags)
        {
            activity.SetTag(CostLedgerTags.TagPrefix + key, value);
        }
    }
}
