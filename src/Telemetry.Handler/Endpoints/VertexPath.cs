using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>The paths of Vertex AI: <c>…/publishers/anthropic/models/{model}:rawPredict</c> and <c>:streamRawPredict</c>.</summary>
internal static class VertexPath
{
    private const string Models = "/publishers/anthropic/models/";
    private const string CountTokens = "count-tokens";

    /// <summary>Recognises a posted path.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The endpoint, or null.</returns>
    public static MessagesEndpoint? Match(Uri uri, ReadOnlySpan<char> path)
    {
        var at = path.LastIndexOf(Models, StringComparison.Ordinal);
        if (at < 0 || UrlPath.Unescape(path[(at + Models.Length)..]) is not { } resource)
        {
            return null;
        }

        var colon = resource.LastIndexOf(':');
        if (colon <= 0 || IsStream(resource.AsSpan(colon + 1)) is not { } isStream)
        {
            return null;
        }

        var model = resource[..colon];
        var isCount = string.Equals(model, CountTokens, StringComparison.Ordinal);
        return new MessagesEndpoint
        {
            Provider = Provider.Vertex,
            Operation = isCount ? Operation.CountTokens : Operation.Messages,
            Framing = Framing.Vertex,
            Host = uri.Authority,
            Location = UrlPath.SegmentAfter(path, "/locations/") ?? VertexHost.Location(uri.Host),
            ModelFromUrl = isCount ? null : model,
            IsStreamFromUrl = isStream,
        };
    }

    private static bool? IsStream(ReadOnlySpan<char> method) => method switch
    {
        "rawPredict" => false,
        "streamRawPredict" => true,
        _ => null,
    };
}
