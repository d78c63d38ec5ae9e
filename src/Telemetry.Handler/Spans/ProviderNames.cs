using CostLedger.Records;

namespace Telemetry.Handler.Spans;

/// <summary>The conventions' names of providers: the flavour of the API, as the official SDKs report it.</summary>
internal static class ProviderNames
{
    public static string Of(Provider provider) => provider switch
    {
        Provider.Bedrock or Provider.BedrockMantle => "aws.bedrock",
        Provider.Vertex => "gcp.vertex_ai",
        _ => "anthropic",
    };
}
