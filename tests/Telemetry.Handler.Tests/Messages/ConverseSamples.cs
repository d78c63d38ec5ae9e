using Telemetry.Handler.Tests.EventStreams;

namespace Telemetry.Handler.Tests.Messages;

/// <summary>Answers of Bedrock's Converse, made by hand.</summary>
internal static class ConverseSamples
{
    public const string Body = """
        {"metrics":{"latencyMs":1234},"output":{"message":{"content":[
            {"reasoningContent":{"reasoningText":{"signature":"c2ln","text":"let me see"}}},
            {"text":"Grüße \"dir\""},
            {"toolUse":{"input":{"query":["a}",{"usage":{"inputTokens":9}}]},"name":"search","toolUseId":"tooluse_1"}},
            {"reasoningContent":{"redactedContent":"AAAA"}}],"role":"assistant"}},
         "stopReason":"guardrail_intervened","trace":{"guardrail":{"usage":{"inputTokens":77}}},"additionalModelResponseFields":{"usage":{"inputTokens":78}},
         "serviceTier":{"type":"flex"},
         "usage":{"cacheDetails":[{"inputTokens":20,"ttl":"5m"},{"inputTokens":16,"ttl":"1h"},{"inputTokens":1,"ttl":"2h"}],"cacheReadInputTokenCount":1712,
           "cacheReadInputTokens":1712,"cacheWriteInputTokenCount":37,"cacheWriteInputTokens":37,"inputTokens":3,"outputTokens":121,"serverToolUsage":{},"totalTokens":1873}}
        """;

    private const string Usage = """{"metrics":{"latencyMs":1033},"p":"abcde","usage":{"cacheReadInputTokens":11,"cacheWriteInputTokens":0,"inputTokens":435,"outputTokens":68,"serverToolUsage":{},"totalTokens":514},"serviceTier":{"type":"default"}}""";

    public static byte[] Start => Frames.Event("messageStart", """{"p":"abcdefghijklmno","role":"assistant"}""");

    /// <summary>A block of text, whose start no event tells.</summary>
    public static byte[] Text => Frames.Join(
        Frames.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"\n\nGrü"},"p":"abcde"}"""),
        Frames.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"ße"},"p":"ab"}"""),
        Frames.Event("contentBlockStop", """{"contentBlockIndex":0,"p":"abc"}"""));

    public static byte[] Tool => Frames.Join(
        Frames.Event("contentBlockStart", """{"contentBlockIndex":1,"p":"ab","start":{"toolUse":{"name":"search","toolUseId":"tooluse_1"}}}"""),
        Frames.Event("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"toolUse":{"input":""}},"p":"abcdefg"}"""),
        Frames.Event("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"q\":1}"}},"p":"abcdefg"}"""),
        Frames.Event("contentBlockStop", """{"contentBlockIndex":1,"p":"abc"}"""));

    public static byte[] Reasoning => Frames.Join(
        Frames.Event("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"reasoningContent":{"text":"hmm"}},"p":"a"}"""),
        Frames.Event("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"reasoningContent":{"signature":"c2lnbg=="}},"p":"a"}"""),
        Frames.Event("contentBlockStop", """{"contentBlockIndex":2,"p":"abc"}"""));

    public static byte[] Stop => Frames.Event("messageStop", """{"p":"abc","stopReason":"tool_use"}""");

    public static byte[] Metadata => Frames.Event("metadata", Usage);

    public static byte[] Stream => Frames.Join(Start, Text, Tool, Reasoning, Stop, Metadata);
}
