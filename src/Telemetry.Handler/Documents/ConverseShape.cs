using Field = Telemetry.Handler.Documents.MessageShape.Field;
using Member = Telemetry.Handler.Documents.MessageShape.Member;
using Node = Telemetry.Handler.Documents.MessageShape.Node;

namespace Telemetry.Handler.Documents;

/// <summary>
/// The members that Bedrock's Converse and ConverseStream have where the Messages API has others. No name means something else
/// there, so one reader reads both: a gateway may answer one with the other.
/// </summary>
internal static class ConverseShape
{
    /// <summary>Of a whole answer and of a stream's events.</summary>
    public static Member[] Document { get; } =
    [
        new("contentBlockIndex", Field.BlockIndex),
        new("start", Node.StartedBlock),
        new("output", Node.ConverseOutput),
        new("stopReason", Field.StopReason),
        new("metrics", Node.ConverseMetrics),
        new("serviceTier", Node.ConverseTier),
    ];

    public static Member[] Output { get; } = [new("message", Node.Message)];

    public static Member[] Metrics { get; } = [new("latencyMs", Field.InvocationLatency)];

    public static Member[] Tier { get; } = [new("type", Field.ConverseTier)];

    /// <summary>Of a block of content and of a delta. They have no type: the member that is there says it.</summary>
    public static Member[] Block { get; } =
        [new("toolUse", Node.ConverseToolUse), new("reasoningContent", Node.ConverseReasoning)];

    public static Member[] ToolUse { get; } = [new("input", Field.ToolInputSize)];

    public static Member[] Reasoning { get; } =
    [
        new("text", Field.ThinkingSize),
        new("signature", Field.SignatureSize),
        new("redactedContent", Field.RedactedThinking),
        new("reasoningText", Node.ConverseReasoning),
    ];

    /// <summary>Of a usage. Its input tokens leave out what was read from the cache and written to it, as in the Messages API.</summary>
    public static Member[] Usage { get; } =
    [
        new("inputTokens", Field.Input),
        new("outputTokens", Field.Output),
        new("cacheReadInputTokens", Field.CacheRead),
        new("cacheWriteInputTokens", Field.CacheWrite),
        new("cacheDetails", Node.CacheDetails),
    ];

    /// <summary>What was written to the cache for one lifetime.</summary>
    public static Member[] CacheDetail { get; } = [new("ttl", Field.CacheLifetime), new("inputTokens", Field.Input)];
}
