using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>The paths of Amazon Bedrock's runtime: <c>/model/{id}/{action}</c>.</summary>
internal static class BedrockPath
{
    /// <summary>The service, as AWS names it in hosts.</summary>
    public const string Runtime = "bedrock-runtime";

    private const string Model = "/model/";

    /// <summary>Recognises a posted path.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="path">Its path.</param>
    /// <param name="aliases">The application's own names of Claude's models.</param>
    /// <returns>The endpoint, or null.</returns>
    public static MessagesEndpoint? Match(Uri uri, ReadOnlySpan<char> path, ModelAliases aliases)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 0 || Action(path[(slash + 1)..]) is not var (operation, framing, isStream))
        {
            return null;
        }

        // The id may be an ARN, whose slashes not every client escapes.
        var start = path.IndexOf(Model, StringComparison.Ordinal);
        if (start < 0 || start + Model.Length >= slash)
        {
            return null;
        }

        var encoded = path[(start + Model.Length)..slash];
        if ((aliases.IsEmpty && !MayBeClaude(encoded)) || UrlPath.Unescape(encoded) is not { } id || (!MayBeClaude(id) && aliases.Find(id) is null))
        {
            return null;
        }

        return new MessagesEndpoint
        {
            Provider = Provider.Bedrock,
            Operation = operation,
            Framing = framing,
            Host = uri.Authority,
            Location = AwsHost.Region(uri.Host, Runtime) ?? RegionOfArn(id),
            ModelFromUrl = id,
            IsStreamFromUrl = isStream,
        };
    }

    private static (Operation Operation, Framing Framing, bool IsStream)? Action(ReadOnlySpan<char> name) => name switch
    {
        "invoke" => (Operation.Messages, Framing.BedrockInvoke, false),
        "invoke-with-response-stream" => (Operation.Messages, Framing.BedrockInvoke, true),
        "converse" => (Operation.Converse, Framing.BedrockConverse, false),
        "converse-stream" => (Operation.Converse, Framing.BedrockConverse, true),
        "count-tokens" => (Operation.CountTokens, Framing.BedrockInvoke, false),
        _ => null,
    };

    // Other vendors' models stand behind the same paths. An ARN (an application inference profile, provisioned throughput)
    // does not say whose model it is, so it counts.
    private static bool MayBeClaude(ReadOnlySpan<char> id) =>
        id.Contains("anthropic", StringComparison.OrdinalIgnoreCase)
        || id.Contains("claude", StringComparison.OrdinalIgnoreCase)
        || id.StartsWith("arn:", StringComparison.OrdinalIgnoreCase)
        || id.StartsWith("arn%3A", StringComparison.OrdinalIgnoreCase);

    // arn:aws:bedrock:us-east-1:123456789012:inference-profile/…
    private static string? RegionOfArn(string id)
    {
        Span<Range> parts = stackalloc Range[5];
        var arn = id.AsSpan();
        return arn.StartsWith("arn:", StringComparison.OrdinalIgnoreCase)
            && arn.Split(parts, ':') == parts.Length
            && !arn[parts[3]].IsEmpty
                ? arn[parts[3]].ToString()
                : null;
    }
}
