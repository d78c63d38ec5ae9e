using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>Who answers at an Anthropic-shaped path: the hosts that are known, and the Claude API or a gateway for all others.</summary>
internal static class AnthropicHost
{
    private const string MantlePrefix = "bedrock-mantle.";
    private const string AwsPrefix = "aws-external-anthropic.";
    private const string AwsSuffix = ".api.aws";
    private const string FoundrySuffix = ".services.ai.azure.com";
    private const string GoogleHost = "claude.googleapis.com";
    private const string ClaudeHost = "api.anthropic.com";

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
        var isKnown = provider != Provider.Anthropic || host.Equals(ClaudeHost, StringComparison.OrdinalIgnoreCase);
        if (operation == Operation.Models && !isKnown && !isModelListClaude)
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

    private static (Provider Provider, string? Location) Find(string host, ReadOnlySpan<char> path)
    {
        if (host.EndsWith(FoundrySuffix, StringComparison.OrdinalIgnoreCase))
        {
            return (Provider.Foundry, null);
        }

        if (host.Equals(GoogleHost, StringComparison.OrdinalIgnoreCase))
        {
            return (Provider.GoogleCloud, UrlPath.SegmentAfter(path, "/locations/"));
        }

        return Region(host, MantlePrefix) is { } mantle ? (Provider.BedrockMantle, mantle)
            : Region(host, AwsPrefix) is { } gateway ? (Provider.ClaudeOnAws, gateway)
            : (Provider.Anthropic, null);
    }

    private static string? Region(string host, string prefix) =>
        host.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && host.EndsWith(AwsSuffix, StringComparison.OrdinalIgnoreCase)
        && host.Length > prefix.Length + AwsSuffix.Length
            ? host[prefix.Length..^AwsSuffix.Length]
            : null;
}
