namespace Telemetry.Handler.Spans;

/// <summary>Attributes that the official SDKs set too, with the same names and meanings.</summary>
internal static class AnthropicTags
{
    public const string RequestId = "anthropic.request.id";
    public const string OrganizationId = "anthropic.organization.id";
    public const string WorkspaceId = "anthropic.workspace.id";
    public const string RequestServiceTier = "anthropic.request.service_tier";
    public const string ResponseServiceTier = "anthropic.response.service_tier";
    public const string StopReason = "anthropic.message.stop_reason";
    public const string ThinkingType = "anthropic.thinking.type";
    public const string ThinkingBudget = "anthropic.thinking.budget_tokens";
    public const string CacheCreation5m = "anthropic.usage.cache_creation.ephemeral_5m_input_tokens";
    public const string CacheCreation1h = "anthropic.usage.cache_creation.ephemeral_1h_input_tokens";
    public const string CompactionInput = "anthropic.usage.compaction.input_tokens";
    public const string CompactionOutput = "anthropic.usage.compaction.output_tokens";
    public const string CountedTokens = "anthropic.message.count_tokens.input_tokens";
}
