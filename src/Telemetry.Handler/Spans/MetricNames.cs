namespace Telemetry.Handler.Spans;

/// <summary>Instruments, and the bounds of their buckets.</summary>
internal static class MetricNames
{
    public const string TokenUsage = "gen_ai.client.token.usage";
    public const string OperationDuration = "gen_ai.client.operation.duration";
    public const string TimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string InferenceInputTokens = "gen_ai.client.inference.usage.input_tokens";
    public const string InferenceOutputTokens = "gen_ai.client.inference.usage.output_tokens";
    public const string InferenceCacheRead = "gen_ai.client.inference.usage.cache_read.input_tokens";
    public const string InferenceCacheWrite = "gen_ai.client.inference.usage.cache_write.input_tokens";
    public const string InferenceReasoning = "gen_ai.client.inference.usage.reasoning.output_tokens";
    public const string InferenceOperationInput = "gen_ai.client.inference.operation.input_tokens";
    public const string InferenceOperationOutput = "gen_ai.client.inference.operation.output_tokens";
    public const string InferenceDuration = "gen_ai.client.inference.duration";
    public const string InferenceTimeToFirstChunk = "gen_ai.client.inference.time_to_first_chunk";
    public const string Cost = "costledger.cost";
    public const string OperationCost = "costledger.operation.cost";
    public const string Tokens = "costledger.tokens";
    public const string Duration = "costledger.operation.duration";
    public const string Attempts = "costledger.attempts";
    public const string StreamMaxGap = "costledger.stream.max_gap";
    public const string StreamFirstEvent = "costledger.stream.first_event";
    public const string StreamEnds = "costledger.stream.ends";
    public const string RateLimitRemaining = "costledger.ratelimit.remaining";
    public const string RateLimitLimit = "costledger.ratelimit.limit";
    public const string LedgerWrites = "costledger.ledger.writes";
    public const string LedgerDropped = "costledger.ledger.dropped";
    public const string OwnFailures = "costledger.own_failures";

    public static double[] SecondsBuckets { get; } =
        [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    public static double[] LongSecondsBuckets { get; } = [.. SecondsBuckets, 163.84, 327.68, 655.36, 1310.72];

    public static long[] TokenBuckets { get; } =
        [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    public static double[] UsdBuckets { get; } = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
}
