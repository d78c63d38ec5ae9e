namespace Telemetry.Handler.Names;

/// <summary>Attributes of our own, for what no convention names.</summary>
internal static class CostLedgerTags
{
    /// <summary>What all of them begin with; a word of nobody else's.</summary>
    public static readonly string Prefix = "costledger.";

    public const string CallId = "costledger.call.id";
    public const string Operation = "costledger.operation";
    public const string Platform = "costledger.platform";

    public const string CostAmount = "costledger.cost.amount";
    public const string CostCurrency = "costledger.cost.currency";
    public const string CostSource = "costledger.cost.source";
    public const string CostBasis = "costledger.cost.basis";
    public const string CostComplete = "costledger.cost.complete";
    public const string CostInput = "costledger.cost.input";
    public const string CostOutput = "costledger.cost.output";
    public const string CostCacheRead = "costledger.cost.cache_read";
    public const string CostCacheWrite5m = "costledger.cost.cache_write_5m";
    public const string CostCacheWrite1h = "costledger.cost.cache_write_1h";
    public const string CostServerTools = "costledger.cost.server_tools";
    public const string CostCompaction = "costledger.cost.compaction";
    public const string CostAdvisor = "costledger.cost.advisor";
    public const string CostSavedByCache = "costledger.cost.saved_by_cache";
    public const string CostLimit = "costledger.cost.limit";
    public const string CostComponent = "costledger.cost.component";

    public const string PricingVersion = "costledger.pricing.version";
    public const string PricingTier = "costledger.pricing.tier";
    public const string PricingModifier = "costledger.pricing.modifier";

    public const string EstimateInputTokens = "costledger.estimate.input_tokens";
    public const string EstimateOutputTokens = "costledger.estimate.output_tokens";
    public const string EstimateCost = "costledger.estimate.cost";
    public const string EstimateTokenizer = "costledger.estimate.tokenizer";
    public const string EstimateErrorRatio = "costledger.estimate.error_ratio";

    public const string CacheReadRatio = "costledger.cache.read_ratio";
    public const string CacheTtl = "costledger.cache.ttl";
    public const string CacheBreakpoints = "costledger.cache.breakpoints";
    public const string CacheExpectedReadTokens = "costledger.cache.expected_read_tokens";
    public const string CacheExpectedWriteTokens = "costledger.cache.expected_write_tokens";
    public const string CacheExpectedCost = "costledger.cache.expected_cost";
    public const string CacheExpectedBreakReason = "costledger.cache.expected_break.reason";
    public const string CacheProviderVerdict = "costledger.cache.provider_verdict";
    public const string CacheBreak = "costledger.cache.break";
    public const string CacheBreakReason = "costledger.cache.break.reason";
    public const string CacheBreakSegment = "costledger.cache.break.segment";
    public const string CacheBreakIndex = "costledger.cache.break.at_index";
    public const string CacheBreakPlace = "costledger.cache.break.place";
    public const string CacheBreakDiff = "costledger.cache.break.diff";
    public const string CacheBreakLostTokens = "costledger.cache.break.lost_tokens";
    public const string CacheBreakCost = "costledger.cache.break.cost";
    public const string CacheBreakComparedWith = "costledger.cache.break.compared_with";

    public const string LoopKind = "costledger.loop.kind";
    public const string LoopTool = "costledger.loop.tool";
    public const string LoopRounds = "costledger.loop.rounds";
    public const string ToolRounds = "costledger.tool.rounds";
    public const string ToolErrors = "costledger.tool.errors";

    public const string UsageWebSearchRequests = "costledger.usage.web_search_requests";
    public const string UsageWebFetchRequests = "costledger.usage.web_fetch_requests";
    public const string UsagePartial = "costledger.usage.partial";

    public const string Attempts = "costledger.attempts";
    public const string AttemptOrdinal = "costledger.attempt.ordinal";
    public const string AttemptOutcome = "costledger.attempt.outcome";
    public const string AttemptRetryAfter = "costledger.attempt.retry_after_s";
    public const string AttemptBackend = "costledger.attempt.backend";
    public const string RetrySource = "costledger.retry.source";
    public const string RetryReason = "costledger.retry.reason";
    public const string RetryWastedCost = "costledger.retry.wasted_cost";
    public const string FallbackFromModel = "costledger.fallback.from_model";
    public const string FallbackToModel = "costledger.fallback.to_model";
    public const string FallbackReason = "costledger.fallback.reason";
    public const string LinkKind = "costledger.link.kind";

    public const string Stream = "costledger.stream";
    public const string StreamHeaders = "costledger.stream.headers_s";
    public const string StreamFirstEvent = "costledger.stream.first_event_s";
    public const string StreamMaxGap = "costledger.stream.max_gap_s";
    public const string StreamChunks = "costledger.stream.chunks";
    public const string StreamEvents = "costledger.stream.events";
    public const string StreamBytes = "costledger.stream.bytes";
    public const string StreamPings = "costledger.stream.pings";
    public const string StreamContentBlocks = "costledger.stream.content_blocks";
    public const string StreamEnd = "costledger.stream.end";

    public const string BlockIndex = "costledger.block.index";
    public const string BlockType = "costledger.block.type";
    public const string StallGap = "costledger.stall.gap_s";

    public const string TokenKind = "costledger.token.kind";
    public const string RateLimitKind = "costledger.ratelimit.kind";
    public const string LedgerOutcome = "costledger.ledger.outcome";
    public const string DrainEnd = "costledger.drain.end";
    public const string FailurePlace = "costledger.failure.place";
}
