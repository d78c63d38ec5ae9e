using Telemetry.Handler.Json;

namespace Telemetry.Handler.Documents;

/// <summary>
/// Where the few values that matter are in the documents of the Messages API: whole answers, stream events, errors, token
/// counts. Everything that is not listed is skipped, so unknown members do no harm.
/// </summary>
internal static class MessageShape
{
    private static readonly Member[] UsageMembers =
    [
        new("input_tokens", Field.Input),
        new("output_tokens", Field.Output),
        new("cache_read_input_tokens", Field.CacheRead),
        new("cache_creation_input_tokens", Field.CacheWrite),
        new("cache_creation", Node.CacheCreation),
        new("output_tokens_details", Node.OutputDetails),
        new("server_tool_use", Node.ServerTools),
        new("service_tier", Field.ServiceTier),
        new("speed", Field.Speed),
        new("inference_geo", Field.InferenceGeo),
        new("iterations", Node.Iterations),
        new("fallback_credit", Node.FallbackCredit),
        .. ConverseShape.Usage,
    ];

    private static readonly Member[] MessageMembers =
    [
        new("id", Field.Id),
        new("model", Field.Model),
        new("usage", Node.Usage),
        new("content", Node.Content),
        new("stop_reason", Field.StopReason),
        new("stop_details", Node.StopDetails),
        new("diagnostics", Node.Diagnostics, Field.Diagnostics),
        new("context_management", Node.ContextManagement),
    ];

    private static readonly Member[] DocumentMembers =
    [
        new("type", Field.Type),
        new("index", Field.Index),
        new("delta", Node.Delta),
        new("message", Node.Message, Field.ErrorMessage),
        new("content_block", Node.StartedBlock),
        new("error", Node.Error),
        new("request_id", Field.RequestId),
        new("input_tokens", Field.CountedInput),
        new("inputTokens", Field.CountedInput), // Bedrock's own count of tokens
        .. MessageMembers,
        new("completion", Field.Completion),
        new("amazon-bedrock-invocationMetrics", Node.InvocationMetrics),
        .. ConverseShape.Document,
    ];

    private static readonly Member[] BlockMembers =
    [
        new("type", Field.BlockType),
        new("text", Field.TextSize),
        new("thinking", Field.ThinkingSize),
        new("signature", Field.SignatureSize),
        new("input", Field.ToolInputSize),
        new("content", Field.CompactionSize),
        .. ConverseShape.Block,
    ];

    private static readonly Member[] DeltaMembers =
    [
        new("text", Field.TextSize),
        new("thinking", Field.ThinkingSize),
        new("partial_json", Field.ToolInputSize),
        new("signature", Field.SignatureSize),
        new("content", Field.CompactionSize),
        new("estimated_tokens", Field.EstimatedThinking),
        new("stop_reason", Field.StopReason),
        new("stop_details", Node.StopDetails),
        .. ConverseShape.Block,
    ];

    private static readonly Member[] IterationMembers =
    [
        new("type", Field.IterationType),
        new("model", Field.IterationModel),
        .. UsageMembers[..5],
    ];

    // Indexed by node; the order of these fields matters, since each is made from those above it.
    private static readonly Member[][] Members = ByNode(
        (Node.Document, DocumentMembers),
        (Node.Message, MessageMembers),
        (Node.Block, BlockMembers),
        (Node.StartedBlock, BlockMembers),
        (Node.Delta, DeltaMembers),
        (Node.Usage, UsageMembers),
        (Node.Iteration, IterationMembers),
        (Node.CacheCreation, [new("ephemeral_5m_input_tokens", Field.CacheWrite5m), new("ephemeral_1h_input_tokens", Field.CacheWrite1h)]),
        (Node.OutputDetails, [new("thinking_tokens", Field.Thinking)]),
        (Node.ServerTools,
        [
            new("web_search_requests", Field.WebSearch),
            new("web_fetch_requests", Field.WebFetch),
            new("code_execution_requests", Field.CodeExecution),
        ]),
        (Node.FallbackCredit, [new("status", Node.FallbackStatus, Field.FallbackCredit)]),
        (Node.FallbackStatus, [new("type", Field.FallbackCredit)]),
        (Node.StopDetails, [new("category", Field.StopCategory)]),
        (Node.Error, [new("type", Field.ErrorType), new("message", Field.ErrorMessage), new("details", Node.ErrorDetails)]),
        (Node.ErrorDetails, [new("error_code", Field.ErrorCode)]),
        (Node.ContextManagement, [new("applied_edits", Node.AppliedEdits)]),
        (Node.Diagnostics, [new("cache_miss_reason", Node.CacheMiss, Field.CacheMiss)]),
        (Node.CacheMiss, [new("type", Field.CacheDiagnosis), new("cache_missed_input_tokens", Field.CacheMissedTokens)]),
        (Node.InvocationMetrics,
        [
            new("inputTokenCount", Field.MeteredInput),
            new("outputTokenCount", Field.MeteredOutput),
            new("cacheReadInputTokenCount", Field.MeteredCacheRead),
            new("cacheWriteInputTokenCount", Field.MeteredCacheWrite),
            new("invocationLatency", Field.InvocationLatency),
            new("firstByteLatency", Field.FirstByteLatency),
        ]),
        (Node.ConverseOutput, ConverseShape.Output),
        (Node.ConverseMetrics, ConverseShape.Metrics),
        (Node.ConverseTier, ConverseShape.Tier),
        (Node.ConverseToolUse, ConverseShape.ToolUse),
        (Node.ConverseReasoning, ConverseShape.Reasoning),
        (Node.CacheDetail, ConverseShape.CacheDetail));

    /// <summary>The objects and arrays that are entered.</summary>
    internal enum Node : byte
    {
        None,
        Document,
        Message,
        Content,
        Block,
        StartedBlock,
        Delta,
        Usage,
        CacheCreation,
        OutputDetails,
        ServerTools,
        FallbackCredit,
        FallbackStatus,
        Iterations,
        Iteration,
        StopDetails,
        Error,
        ErrorDetails,
        ContextManagement,
        AppliedEdits,
        Diagnostics,
        CacheMiss,
        InvocationMetrics,
        ConverseOutput,
        ConverseMetrics,
        ConverseTier,
        ConverseToolUse,
        ConverseReasoning,
        CacheDetails,
        CacheDetail,
        Last = CacheDetail,
    }

    /// <summary>The values that are taken, by how: numbers, sizes of strings, texts, and some that are turned into others.</summary>
    internal enum Field : byte
    {
        Input,
        Output,
        CacheRead,
        CacheWrite,
        CacheWrite5m,
        CacheWrite1h,
        Thinking,
        WebSearch,
        WebFetch,
        CodeExecution,
        LastUsage = CodeExecution,
        CountedInput,
        PromptTokens,
        CacheMissedTokens,
        EstimatedThinking,
        Index,
        BlockIndex,
        MeteredInput,
        MeteredOutput,
        MeteredCacheRead,
        MeteredCacheWrite,
        InvocationLatency,
        FirstByteLatency,
        LastNumber = FirstByteLatency,

        TextSize,
        ThinkingSize,
        ToolInputSize,
        SignatureSize,
        CompactionSize,
        LastSize = CompactionSize,

        Id,
        FirstText = Id,
        Model,
        StopReason,
        StopCategory,
        ServiceTier,
        Speed,
        InferenceGeo,
        FallbackCredit,
        ErrorType,
        ErrorCode,
        RequestId,
        CacheDiagnosis,
        ConverseTier,
        LastKept = ConverseTier,
        BlockType,
        IterationType,
        IterationModel,
        CacheLifetime,
        LastText = CacheLifetime,

        Type,
        ErrorMessage,
        Diagnostics,
        CacheMiss,
        Completion,
        RedactedThinking,
        None,
    }

    /// <summary>The members of a kind of object that are taken.</summary>
    public static ReadOnlySpan<Member> MembersOf(Node node) => Members[(int)node];

    /// <summary>What the elements of a kind of array are.</summary>
    public static Node ElementOf(Node node) => node switch
    {
        Node.Content => Node.Block,
        Node.Iterations => Node.Iteration,
        Node.CacheDetails => Node.CacheDetail,
        Node.Document => Node.Document, // some gateways answer with an array of one error
        _ => Node.None,
    };

    private static Member[][] ByNode(params ReadOnlySpan<(Node Node, Member[] Members)> tables)
    {
        var all = new Member[(int)Node.Last + 1][];
        Array.Fill(all, []);
        foreach (var (node, members) in tables)
        {
            all[(int)node] = members;
        }

        return all;
    }

    /// <summary>One member of an object: its name, what its value is, and what to take of it.</summary>
    internal sealed class Member
    {
        private readonly byte[] _name;

        public Member(string name, Field field)
            : this(name, Node.None, field)
        {
        }

        public Member(string name, Node node, Field field = Field.None)
        {
            _name = System.Text.Encoding.ASCII.GetBytes(name);
            Node = node;
            Field = field;
            Take = (node == Node.None ? JsonTake.Size : JsonTake.Members)
                | (field is >= Field.FirstText and < Field.Diagnostics ? JsonTake.Text : JsonTake.Size);
        }

        public ReadOnlySpan<byte> Name => _name;

        public Node Node { get; }

        public Field Field { get; }

        public JsonTake Take { get; }
    }
}
