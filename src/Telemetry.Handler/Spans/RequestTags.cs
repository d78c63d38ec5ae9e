using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Names;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Spans;

/// <summary>Attributes of an inference span that the request tells.</summary>
internal static class RequestTags
{
    /// <summary>The span's name: the operation and the model.</summary>
    public static string Name(MessagesEndpoint endpoint, RequestSnapshot snapshot)
    {
        var operation = TagValues.IsInference(endpoint.Operation) ? TagValues.Chat : endpoint.Operation.Name();
        return Model(endpoint, snapshot) is { Length: > 0 } model ? $"{operation} {model}" : operation;
    }

    /// <summary>The attributes that a sampler sees. Only calls that create messages are inference in the conventions' sense.</summary>
    public static TagList AtCreation(in CallStart call)
    {
        var tags = default(TagList);
        if (TagValues.IsInference(call.Endpoint.Operation))
        {
            tags.Add(GenAi.OperationName, TagValues.Chat);
            tags.Add(GenAi.ProviderName, TagValues.ProviderName(call.Endpoint.Provider));
        }
        else
        {
            tags.Add(CostLedgerTags.Operation, call.Endpoint.Operation.Name());
        }

        if (Model(call.Endpoint, call.Snapshot) is { Length: > 0 } model)
        {
            tags.Add(GenAi.RequestModel, model);
        }

        if (call.Request.RequestUri is { IsAbsoluteUri: true } uri)
        {
            tags.Add(SemanticTags.ServerAddress, uri.Host);
            tags.Add(SemanticTags.ServerPort, uri.Port);
        }

        return tags;
    }

    /// <summary>Sets what no sampler needs.</summary>
    public static void Set(Activity span, in CallStart call)
    {
        var tags = new TagWriter(span);
        SetSnapshot(span, call.Endpoint, call.Snapshot, call.Headers);
        tags.Set(GenAi.ConversationId, call.Labels?.Conversation);
        tags.Set(CostLedgerTags.Platform, call.Endpoint.Provider.Name());
        tags.Set(CostLedgerTags.CallId, call.Id.ToString());
        tags.Set(CostLedgerTags.EstimateInputTokens, call.Estimate?.InputTokens);
        tags.Set(CostLedgerTags.EstimateTokenizer, call.Estimate?.Tokenizer);
    }

    /// <summary>Sets what stands in the body.</summary>
    public static void SetSnapshot(Activity span, MessagesEndpoint endpoint, RequestSnapshot snapshot, RequestHeaders headers)
    {
        var tags = new TagWriter(span);
        tags.Set(GenAi.RequestModel, Model(endpoint, snapshot));
        tags.SetIfTrue(GenAi.RequestStream, endpoint.IsStreamFromUrl ?? snapshot.Stream ?? false);
        tags.Set(GenAi.RequestMaxTokens, snapshot.MaxTokens);
        tags.Set(GenAi.RequestTemperature, snapshot.Temperature);
        tags.Set(GenAi.RequestTopP, snapshot.TopP);
        tags.Set(GenAi.RequestTopK, snapshot.TopK);
        tags.Set(GenAi.RequestReasoningLevel, snapshot.Effort);
        tags.Set(GenAi.OutputType, snapshot.HasOutputFormat ? TagValues.Json : null);
        tags.Set(AnthropicTags.Beta, headers.Betas.Count > 0 ? headers.Betas : snapshot.BetasInBody);
        tags.Set(AnthropicTags.RequestServiceTier, snapshot.ServiceTier);
        tags.Set(AnthropicTags.ThinkingType, snapshot.ThinkingType);
        tags.Set(AnthropicTags.ThinkingBudgetTokens, snapshot.ThinkingBudget);
        tags.Set(CostLedgerTags.CacheBreakpoints, snapshot.MessageCount > 0 ? snapshot.CacheBreakpoints : null);
    }

    private static string? Model(MessagesEndpoint endpoint, RequestSnapshot snapshot) => endpoint.ModelFromUrl ?? snapshot.Model;
}
