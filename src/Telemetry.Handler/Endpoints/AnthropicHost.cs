using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>
/// Who answers at an Anthropic-shaped path: the hosts that are known, and the Claude API or a gateway for all others. The
/// official SDK's own handlers see that shape on every provider: it is translated further in, so Bedrock's and Vertex AI's hosts
/// are among them.
/// </summary>
internal static class AnthropicHost
{
    private const string Mantle = "bedrock-mantle";
    private const string ClaudeOnAws = "aws-external-anthropic";
    private const string GoogleHost = "claude.googleapis.com";
    private const string ClaudeHost = "api.anthropic.com";

    /// <summary>The hosts of one resource, which has several names.</summary>
    private static readonly string[] FoundrySuffixes = [".services.ai.azure.com", ".openai.azure.com", ".cognitiveservices.azure.com"];

    /// <summary>Completes an endpoint.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="path">Its path.</param>
    /// <param name="operation">What the path says.</param>
    /// <param name="isModelListClaude">Whether a list of models at an unknown host is known to be Claude's.</param>
    /// <returns>The endpoint, or null.</returns>
    public static MessagesEndpoint? Endpoint(Uri uri, ReadOnlySpan<char> path, Operation operation, bool isModelListClaude)
    {
        var host = uri.Host;
        var (provider, location) = Find(host, path);
        if (operation == Operation.Models && !isModelListClaude && !ListsClaudeOnly(provider, host))
        {
            return null;
        }

        return new MessagesEndpoint
        {
            Provider = provider,
            Operation = operation,
            Framing = Framing.Anthropic,
            Host = uri.Authority,
            Location = location,
        };
    }

    // Bedrock and Vertex AI list models of all vendors.
    private static bool ListsClaudeOnly(Provider provider, string host) => provider switch
    {
        Provider.Anthropic => host.Equals(ClaudeHost, StringComparison.OrdinalIgnoreCase),
        Provider.Bedrock or Provider.Vertex => false,
        _ => true,
    };

    private static (Provider Provider, string? Location) Find(string host, ReadOnlySpan<char> path)
    {
        if (IsFoundry(host))
        {
            return (Provider.Foundry, null);
        }

        if (host.Equals(GoogleHost, StringComparison.OrdinalIgnoreCase) || IsGooglePath(path))
        {
            return (Provider.GoogleCloud, UrlPath.SegmentAfter(path, "/locations/"));
        }

        return AwsHost.RegionAtAws(host, Mantle) is { } mantle ? (Provider.BedrockMantle, mantle)
            : AwsHost.RegionAtAws(host, ClaudeOnAws) is { } gateway ? (Provider.ClaudeOnAws, gateway)
            : AwsHost.RegionAtAws(host, BedrockPath.Runtime) is { } bedrock ? (Provider.Bedrock, bedrock)
            : VertexHost.Location(host) is { } vertex ? (Provider.Vertex, vertex)
            : (Provider.Anthropic, null);
    }

    private static bool IsFoundry(string host)
    {
        foreach (var suffix in FoundrySuffixes)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // …/projects/{p}/locations/{l}/workspaces/{w}/invoke/v1/messages, whoever passes it on.
    private static bool IsGooglePath(ReadOnlySpan<char> path)
    {
        var location = path.IndexOf("/locations/", StringComparison.Ordinal);
        var workspace = path.IndexOf("/workspaces/", StringComparison.Ordinal);
        return location >= 0 && location < workspace && path[workspace..].Contains("/invoke/v1/", StringComparison.Ordinal);
    }
}
