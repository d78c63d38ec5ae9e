using CostLedger.Records;
using CostLedger.Records.Errors;

namespace Telemetry.Handler.Names;

/// <summary>Values that attributes take.</summary>
internal static class TagValues
{
    public const string Chat = "chat";
    public const string Json = "json";
    public const string Currency = "USD";
    public const string Local = "local";
    public const string RetryOf = "retry_of";
    public const string FinishedByError = "error";
    public const string Unknown = "unknown";

    /// <summary>The ending of a stream that broke off, as an error.</summary>
    public const string StreamTruncated = ErrorTypeNames.StreamTruncated;
    public const string NoMessage = ErrorTypeNames.NoMessage;
    public const string ClientTimeout = ErrorTypeNames.ClientTimeout;
    public const string ConnectionError = ErrorTypeNames.Connection;
    public const string Withheld = ErrorTypeNames.Withheld;
    public const string ClientError = ErrorTypeNames.Client;
    public const string CostLimit = ErrorTypeNames.CostLimit;

    public const string Input = "input";
    public const string Output = "output";
    public const string CacheRead = "cache_read";
    public const string CacheWrite5m = "cache_write_5m";
    public const string CacheWrite1h = "cache_write_1h";
    public const string ServerTools = "server_tools";
    public const string Compaction = "compaction";
    public const string Advisor = "advisor";

    public const string InputUncached = "input_uncached";
    public const string Thinking = "thinking";
    public const string CompactionIn = "compaction_in";
    public const string CompactionOut = "compaction_out";
    public const string AdvisorIn = "advisor_in";
    public const string AdvisorOut = "advisor_out";

    /// <summary>The type of a compaction in <see cref="UsageIteration.Type"/>.</summary>
    public const string CompactionIteration = "compaction";

    /// <summary>The type of an advisor's answer.</summary>
    public const string AdvisorIteration = "advisor_message";

    /// <summary>The type of an answer by another model, to which the API went over itself.</summary>
    public const string FallbackIteration = "fallback_message";

    /// <summary>The reason of a fallback that the API made itself.</summary>
    public const string ServerFallback = "server";

    /// <summary>The value of <c>gen_ai.provider.name</c>: the conventions' name of the API's flavour, as the official SDK reports it.</summary>
    public static string ProviderName(Provider provider) => provider switch
    {
        Provider.Bedrock or Provider.BedrockMantle => "aws.bedrock",
        Provider.Vertex => "gcp.vertex_ai",
        _ => "anthropic",
    };

    /// <summary>Whether an operation creates messages, and so is one of the conventions' inference operations.</summary>
    public static bool IsInference(Operation operation) => operation is Operation.Messages or Operation.Converse;
}
