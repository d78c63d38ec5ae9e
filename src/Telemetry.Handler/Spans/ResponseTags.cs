using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>Attributes of an inference span that the answer tells.</summary>
internal static class ResponseTags
{
    /// <summary>Sets them.</summary>
    public static void Set(Activity span, in CallEnd end, SemanticConventions conventions)
    {
        var tags = new TagWriter(span);
        var record = end.Record;
        if (TagValues.IsInference(record.Operation))
        {
            SetUsage(tags, end, conventions);
            SetIterations(tags, record.Usage?.Iterations ?? []);
        }
        else if (record.Operation == Operation.CountTokens)
        {
            tags.Set(AnthropicTags.CountTokensInputTokens, record.Usage?.InputTokens);
        }

        tags.Set(GenAi.ResponseId, record.MessageId);
        tags.Set(GenAi.ResponseModel, record.ModelServed);
        tags.Set(GenAi.ResponseFinishReasons, FinishReasons(record));
        tags.Set(GenAi.ResponseTimeToFirstChunk, record.IsStream ? record.Timing.FirstContent : null);
        tags.SetIfTrue(GenAi.ConversationCompacted, end.IsCompacted);
        tags.Set(AnthropicTags.MessageStopReason, record.StopReason);
        tags.Set(AnthropicTags.RequestId, record.RequestId);
        tags.Set(AnthropicTags.OrganizationId, end.Response?.OrganizationId);
        tags.Set(AnthropicTags.WorkspaceId, end.Response?.WorkspaceId);
        tags.Set(SemanticTags.AwsRequestId, end.Response?.AwsRequestId);
        tags.Set(AnthropicTags.ResponseServiceTier, record.Usage?.ServiceTier);
    }

    private static void SetUsage(TagWriter tags, in CallEnd end, SemanticConventions conventions)
    {
        if (end.Record.Usage is not { } usage)
        {
            return;
        }

        tags.Set(GenAi.UsageInputTokens, usage.InputTokens is null ? null : usage.TotalInputTokens);
        tags.Set(GenAi.UsageOutputTokens, end.OutputTokensTold);
        tags.Set(GenAi.UsageCacheReadInputTokens, usage.CacheReadInputTokens);
        tags.Set(GenAi.UsageCacheWriteInputTokens, usage.CacheCreationInputTokens);
        if (conventions.HasV141())
        {
            tags.Set(GenAi.UsageCacheCreationInputTokens, usage.CacheCreationInputTokens);
        }

        tags.Set(GenAi.UsageReasoningOutputTokens, usage.ThinkingTokens);
        tags.Set(AnthropicTags.CacheCreation5mInputTokens, usage.CacheCreation5mInputTokens);
        tags.Set(AnthropicTags.CacheCreation1hInputTokens, usage.CacheCreation1hInputTokens);
    }

    private static void SetIterations(TagWriter tags, IReadOnlyList<UsageIteration> iterations)
    {
        long? input = null;
        long? output = null;
        foreach (var iteration in iterations)
        {
            if (string.Equals(iteration.Type, TagValues.CompactionIteration, StringComparison.Ordinal))
            {
                input = (input ?? 0) + (iteration.InputTokens ?? 0) + (iteration.CacheReadInputTokens ?? 0) + (iteration.CacheCreationInputTokens ?? 0);
                output = (output ?? 0) + (iteration.OutputTokens ?? 0);
            }
        }

        tags.Set(AnthropicTags.CompactionInputTokens, input);
        tags.Set(AnthropicTags.CompactionOutputTokens, output);
    }

    // A stream that began and failed without a reason has finished by an error; one that the caller left has not finished.
    private static string[] FinishReasons(CallRecord record) =>
        record.StopReason is { Length: > 0 } reason ? [reason]
        : record.StreamEnd is not null && record.HttpStatus < 300 && ErrorTypes.Of(record) is not null ? [TagValues.FinishedByError]
        : [];
}
