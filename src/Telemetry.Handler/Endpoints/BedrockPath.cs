using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>Paths of Amazon Bedrock: <c>/model/{id}/invoke</c> and its relatives; the id is escaped and can be an ARN.</summary>
internal static class BedrockPath
{
    private const string Marker = "/model/";

    public static MessagesEndpoint? Recognize(HttpMethod method, ReadOnlySpan<char> path, string host)
    {
        var at = path.IndexOf(Marker, StringComparison.Ordinal);
        var slash = path.LastIndexOf('/');
        if (method != HttpMethod.Post || at < 0 || slash <= at + Marker.Length)
        {
            return null;
        }

        var endpoint = OfVerb(path[(slash + 1)..]);
        var model = Uri.UnescapeDataString(path[(at + Marker.Length)..slash]);
        return endpoint is null || !IsClaude(model) ? null : endpoint with { ModelFromUrl = model, Location = RegionOf(host) };
    }

    private static MessagesEndpoint? OfVerb(ReadOnlySpan<char> verb) => verb switch
    {
        "invoke" => new(Provider.Bedrock, Operation.Messages) { Framing = Framing.BedrockInvoke },
        "invoke-with-response-stream" => new(Provider.Bedrock, Operation.Messages) { Framing = Framing.BedrockInvoke, IsStreamFromUrl = true },
        "converse" => new(Provider.Bedrock, Operation.Converse) { Framing = Framing.BedrockConverse },
        "converse-stream" => new(Provider.Bedrock, Operation.Converse) { Framing = Framing.BedrockConverse, IsStreamFromUrl = true },
        "count-tokens" => new(Provider.Bedrock, Operation.CountTokens) { Framing = Framing.BedrockInvoke },
        _ => null,
    };

    // Models of other makers are none of ours; an application inference profile does not say whose model it is, so it may be.
    private static bool IsClaude(string model) =>
        model.Contains("anthropic", StringComparison.OrdinalIgnoreCase)
        || model.Contains("claude", StringComparison.OrdinalIgnoreCase)
        || model.StartsWith("arn:", StringComparison.OrdinalIgnoreCase);

    // bedrock-runtime.{region}.amazonaws.com, bedrock-runtime-fips.{region}.amazonaws.com
    private static string? RegionOf(string host)
    {
        if (!host.StartsWith("bedrock-runtime", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = host.Split('.');
        return parts.Length > 2 ? parts[1] : null;
    }
}
