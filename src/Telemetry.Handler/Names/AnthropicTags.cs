namespace Telemetry.Handler.Names;

/// <summary>Attributes that the official SDK emits too, with the same names and meanings.</summary>
internal static class AnthropicTags
{
    public const string RequestId = "anthropic.request.id";
    public const string OrganizationId = "anthropic.organization.id";
    public const string WorkspaceId = "anthropic.workspace.id";
    public const string Beta = "anthropic.beta";
    public const string RequestServiceTier = "anthropic.request.service_tier";
    public const string ResponseServiceTier = "anthropic.response.service_tier";
    public const string MessageStopReason = "anthropic.message.stop_reason";
    public const string ThinkingType = "anthropic.thinking.type";
    public const string ThinkingBudgetTokens = "anthropic.thinking.budget_tokens";
    public const string CacheCreation5mInputTokens = "anthropic.usage.cache_creation.ephemeral_5m_input_tokens";
    public const string CacheCreation1hInputTokens = "anthropic.usage.cache_creation.ephemeral_1h_input_tokens";
    public const string CompactionInputTokens = "anthropic.usage.compaction.input_tokens";
    public const string CompactionOutputTokens = "anthropic.usage.compaction.output_tokens";
    public const string ContentTruncated = "anthropic.content.truncated";
    public const string CountTokensInputTokens = "anthropic.message.count_tokens.input_tokens";
}
