using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>Which call a request is. Recognised by method and path; the host only tells providers with equal paths apart.</summary>
internal sealed record MessagesEndpoint(Provider Provider, Operation Operation)
{
    /// <summary>An AWS region or a Google location.</summary>
    public string? Location { get; init; }

    /// <summary>The model, where the URL names it.</summary>
    public string? ModelFromUrl { get; init; }

    /// <summary>The host, with a port unless it is the scheme's own.</summary>
    public string? Host { get; init; }

    public bool IsStreamFromUrl { get; init; }

    public Framing Framing { get; init; }

    /// <summary>Recognises a call.</summary>
    /// <returns>Null when it is none of ours; then nothing was allocated for a path without any of the known words.</returns>
    public static MessagesEndpoint? Recognize(HttpMethod method, Uri uri)
    {
        if (!uri.IsAbsoluteUri || !MayBeOurs(uri.AbsolutePath))
        {
            return null;
        }

        var path = uri.AbsolutePath.AsSpan().TrimEnd('/');
        var found = AnthropicPath.Recognize(method, path, uri.Host)
            ?? VertexPath.Recognize(method, path)
            ?? BedrockPath.Recognize(method, path, uri.Host);
        return found is null ? null : found with { Host = uri.IsDefaultPort ? uri.Host : uri.Authority };
    }

    private static bool MayBeOurs(string path) =>
        path.Contains("/v1/m", StringComparison.Ordinal)
        || path.Contains("/model/", StringComparison.Ordinal)
        || path.Contains("/publishers/anthropic/models/", StringComparison.Ordinal);
}
