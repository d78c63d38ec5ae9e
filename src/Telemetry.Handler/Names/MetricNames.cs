namespace Telemetry.Handler.Names;

/// <summary>Names of instruments.</summary>
internal static class MetricNames
{
    public const string TokenUsage = "gen_ai.client.token.usage";
    public const string OperationDuration = "gen_ai.client.operation.duration";
    public const string OperationTimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string OperationTimePerOutputChunk = "gen_ai.client.operation.time_per_output_chunk";

    public const string InferenceInputTokens = "gen_ai.client.inference.usage.input_tokens";
    public const string InferenceOutputTokens = "gen_ai.client.inference.usage.output_tokens";
    public const string InferenceCacheReadTokens = "gen_ai.client.inference.usage.cache_read.input_tokens";
    public const string InferenceCacheWriteTokens = "gen_ai.client.inference.usage.cache_write.input_tokens";
    public const string InferenceReasoningTokens = "gen_ai.client.inference.usage.reasoning.output_tokens";
    public const string InferenceOperationInputTokens = "gen_ai.client.inference.operation.input_tokens";
    public const string InferenceOperationOutputTokens = "gen_ai.client.inference.operation.output_tokens";
    public const string InferenceDuration = "gen_ai.client.inference.duration";
    public const string InferenceTimeToFirstChunk = "gen_ai.client.inference.time_to_first_chunk";
    public const string InferenceTimePerOutputChunk = "gen_ai.client.inference.time_per_output_chunk";

    public const string Cost = "costledger.cost";
    public const string OperationCost = "costledger.operation.cost";
    public const string Tokens = "costledger.tokens";
    public const string Duration = "costledger.operation.duration";
    public const string Attempts = "costledger.attempts";
    public const string OperationAttempts = "costledger.operation.attempts";
    public const string RetryDelay = "costledger.retry.delay";
    public const string Fallbacks = "costledger.fallbacks";
    public const string StreamMaxGap = "costledger.stream.max_gap";
    public const string StreamFirstEvent = "costledger.stream.first_event";
    public const string StreamEnds = "costledger.stream.ends";
    public const string StreamStops = "costledger.stream.cost_limit_stops";
    public const string EstimateErrorRatio = "costledger.estimate.error_ratio";
    public const string CacheBreaks = "costledger.cache.breaks";
    public const string CacheBreakLostTokens = "costledger.cache.break.lost_tokens";
    public const string CacheBreakCost = "costledger.cache.break.cost";
    public const string RateLimitRemaining = "costledger.ratelimit.remaining";
    public const string RateLimitLimit = "costledger.ratelimit.limit";
    public const string LedgerWrites = "costledger.ledger.writes";
    public const string LedgerDropped = "costledger.ledger.dropped";
    public const string LedgerQueueDepth = "costledger.ledger.queue_depth";
    public const string LedgerWriteDuration = "costledger.ledger.write.duration";
    public const string Drains = "costledger.drain.answers";
    public const string DrainedBytes = "costledger.drain.bytes";
    public const string HandlerFailures = "costledger.handler.failures";
}
