using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>Paths of Vertex AI: <c>…/locations/{location}/publishers/anthropic/models/{model}:rawPredict</c>.</summary>
internal static class VertexPath
{
    private const string Marker = "/publishers/anthropic/models/";
    private const string CountTokens = "count-tokens";

    public static MessagesEndpoint? Recognize(HttpMethod method, ReadOnlySpan<char> path)
    {
        var at = path.LastIndexOf(Marker, StringComparison.Ordinal);
        if (at < 0 || method != HttpMethod.Post)
        {
            return null;
        }

        var rest = path[(at + Marker.Length)..];
        var colon = rest.LastIndexOf(':');
        var verb = colon < 0 ? default : rest[(colon + 1)..];
        if (verb is not "rawPredict" and not "streamRawPredict")
        {
            return null;
        }

        var model = Uri.UnescapeDataString(rest[..colon]);
        var isCount = string.Equals(model, CountTokens, StringComparison.Ordinal);
        return new MessagesEndpoint(Provider.Vertex, isCount ? Operation.CountTokens : Operation.Messages)
        {
            Location = PathParts.After(path, "/locations/"),
            ModelFromUrl = isCount ? null : model,
            IsStreamFromUrl = verb is "streamRawPredict",
        };
    }
}
