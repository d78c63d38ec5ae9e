namespace Telemetry.Handler.Spans;

/// <summary>Attributes of our own: what the conventions have no name for.</summary>
internal static class CostLedgerTags
{
    public const string CallId = "costledger.call.id";
    public const string Platform = "costledger.platform";
    public const string CostAmount = "costledger.cost.amount";
    public const string CostCurrency = "costledger.cost.currency";
    public const string CostSource = "costledger.cost.source";
    public const string CostComplete = "costledger.cost.complete";
    public const string CostBasis = "costledger.cost.basis";
    public const string CostInput = "costledger.cost.input";
    public const string CostOutput = "costledger.cost.output";
    public const string CostCacheRead = "costledger.cost.cache_read";
    public const string CostCacheWrite5m = "costledger.cost.cache_write_5m";
    public const string CostCacheWrite1h = "costledger.cost.cache_write_1h";
    public const string CostServerTools = "costledger.cost.server_tools";
    public const string CostSavedByCache = "costledger.cost.saved_by_cache";
    public const string CostComponent = "costledger.cost.component";
    public const string PricingVersion = "costledger.pricing.version";
    public const string PricingTier = "costledger.pricing.tier";
    public const string PricingModifier = "costledger.pricing.modifier";
    public const string EstimateOutputTokens = "costledger.estimate.output_tokens";
    public const string EstimateTokenizer = "costledger.estimate.tokenizer";
    public const string CacheReadRatio = "costledger.cache.read_ratio";
    public const string CacheBreakpoints = "costledger.cache.breakpoints";
    public const string CacheTtl = "costledger.cache.ttl";
    public const string WebSearches = "costledger.usage.web_search_requests";
    public const string WebFetches = "costledger.usage.web_fetch_requests";
    public const string UsagePartial = "costledger.usage.partial";
    public const string AttemptOrdinal = "costledger.attempt.ordinal";
    public const string AttemptOutcome = "costledger.attempt.outcome";
    public const string RetryAfter = "costledger.retry_after_s";
    public const string RetrySource = "costledger.retry.source";
    public const string StreamHeaders = "costledger.stream.headers_s";
    public const string StreamFirstEvent = "costledger.stream.first_event_s";
    public const string StreamMaxGap = "costledger.stream.max_gap_s";
    public const string StreamChunks = "costledger.stream.chunks";
    public const string StreamEvents = "costledger.stream.events";
    public const string StreamBytes = "costledger.stream.bytes";
    public const string StreamPings = "costledger.stream.pings";
    public const string StreamContentBlocks = "costledger.stream.content_blocks";
    public const string StreamEnd = "costledger.stream.end";
    public const string IsStream = "costledger.stream";
    public const string TokenKind = "costledger.token.kind";
    public const string RateLimitKind = "costledger.ratelimit.kind";
    public const string EventIndex = "costledger.content_block.index";
    public const string EventBlockType = "costledger.content_block.type";
    public const string EventGap = "costledger.stall.gap_s";
    public const string Session = "costledger.session";
    public const string TagPrefix = "costledger.tag.";
}
