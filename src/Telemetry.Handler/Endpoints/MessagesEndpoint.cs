using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>Which call a request is, as its method and URL say.</summary>
internal sealed record MessagesEndpoint
{
    /// <summary>The request header that every client of the Claude API sends.</summary>
    public const string VersionHeader = "anthropic-version";

    /// <summary>Who answers.</summary>
    public required Provider Provider { get; init; }

    /// <summary>What the call does.</summary>
    public required Operation Operation { get; init; }

    /// <summary>The shape on the wire.</summary>
    public required Framing Framing { get; init; }

    /// <summary>The host that is called, with the port when it is not the scheme's own.</summary>
    public required string Host { get; init; }

    /// <summary>The cloud's location; null where there is none or the URL does not tell it.</summary>
    public string? Location { get; init; }

    /// <summary>The model, where the URL and not the body names it.</summary>
    public string? ModelFromUrl { get; init; }

    /// <summary>Whether a stream is asked for, where the URL tells it; null where the body does.</summary>
    public bool? IsStreamFromUrl { get; init; }

    /// <summary>Recognises a request. Reads no body and changes nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="aliases">The application's own names of Claude's models; null: none.</param>
    /// <returns>The call, or null: not one to observe.</returns>
    public static MessagesEndpoint? Recognize(HttpRequestMessage request, ModelAliases? aliases = null)
    {
        if (request.RequestUri is not { } uri)
        {
            return null;
        }

        // A list of models has the same path in other vendors' APIs; the host or this header must speak for Claude's.
        aliases ??= ModelAliases.None;
        var found = Find(request.Method, uri, aliases, isModelListClaude: false);
        return found is null && request.Method == HttpMethod.Get && request.Headers.NonValidated.Contains(VersionHeader)
            ? Find(request.Method, uri, aliases, isModelListClaude: true)
            : found;
    }

    /// <summary>Recognises a method and URL. Costs no allocation when it is no call to observe, and never throws.</summary>
    /// <param name="method">The method.</param>
    /// <param name="uri">The absolute URL; a relative one is never recognised.</param>
    /// <returns>The call, or null: not one to observe.</returns>
    public static MessagesEndpoint? Recognize(HttpMethod method, Uri uri) =>
        Find(method, uri, ModelAliases.None, isModelListClaude: false);

    private static MessagesEndpoint? Find(HttpMethod method, Uri uri, ModelAliases aliases, bool isModelListClaude)
    {
        if (!uri.IsAbsoluteUri || !IsHttp(uri.Scheme))
        {
            return null;
        }

        var path = UrlPath.Of(uri);
        return AnthropicPath.Match(method, path) is { } operation
            ? AnthropicHost.Endpoint(uri, path, operation, isModelListClaude)
            : method == HttpMethod.Post ? BedrockPath.Match(uri, path, aliases) ?? VertexPath.Match(uri, path) : null;
    }

    private static bool IsHttp(string scheme) =>
        scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) || scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase);
}
