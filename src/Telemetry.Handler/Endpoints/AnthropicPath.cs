using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>Paths of the Claude API, wherever it is served: <c>…/v1/messages</c> and what lies below, <c>…/v1/models</c>.</summary>
internal static class AnthropicPath
{
    private const string Messages = "/v1/messages";
    private const string Models = "/v1/models";
    private const string Batches = "/batches";

    public static MessagesEndpoint? Recognize(HttpMethod method, ReadOnlySpan<char> path, string host)
    {
        var operation = OperationOf(method, path);
        return operation is null
            ? null
            : new MessagesEndpoint(ProviderOf(host), operation.Value) { Location = LocationOf(host, path) };
    }

    private static Operation? OperationOf(HttpMethod method, ReadOnlySpan<char> path)
    {
        var at = path.LastIndexOf(Messages, StringComparison.Ordinal);
        if (at >= 0)
        {
            var rest = path[(at + Messages.Length)..];
            return rest switch
            {
                "" => method == HttpMethod.Post ? Operation.Messages : null,
                "/count_tokens" => method == HttpMethod.Post ? Operation.CountTokens : null,
                _ => rest.StartsWith(Batches, StringComparison.Ordinal) ? BatchOperationOf(method, rest[Batches.Length..]) : null,
            };
        }

        at = path.LastIndexOf(Models, StringComparison.Ordinal);
        return at >= 0 && method == HttpMethod.Get && IsLastOrParent(path[(at + Models.Length)..]) ? Operation.Models : null;
    }

    private static Operation? BatchOperationOf(HttpMethod method, ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
        {
            return method == HttpMethod.Post ? Operation.BatchCreate : Operation.BatchOther;
        }

        return rest[0] != '/' ? null : rest.EndsWith("/results", StringComparison.Ordinal) ? Operation.BatchResults : Operation.BatchOther;
    }

    private static bool IsLastOrParent(ReadOnlySpan<char> rest) => rest.IsEmpty || (rest[0] == '/' && rest[1..].IndexOf('/') < 0);

    private static Provider ProviderOf(string host)
    {
        if (host.EndsWith(".services.ai.azure.com", StringComparison.OrdinalIgnoreCase))
        {
            return Provider.Foundry;
        }

        if (host.EndsWith(".api.aws", StringComparison.OrdinalIgnoreCase))
        {
            return host.StartsWith("bedrock-mantle.", StringComparison.OrdinalIgnoreCase) ? Provider.BedrockMantle
                : host.StartsWith("aws-external-anthropic.", StringComparison.OrdinalIgnoreCase) ? Provider.ClaudeOnAws
                : Provider.Anthropic;
        }

        return host.Equals("claude.googleapis.com", StringComparison.OrdinalIgnoreCase) ? Provider.GoogleCloud : Provider.Anthropic;
    }

    private static string? LocationOf(string host, ReadOnlySpan<char> path) => ProviderOf(host) switch
    {
        Provider.BedrockMantle or Provider.ClaudeOnAws => host.Split('.')[1],
        Provider.GoogleCloud => PathParts.After(path, "/locations/"),
        _ => null,
    };
}
