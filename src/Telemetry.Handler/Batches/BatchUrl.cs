using Telemetry.Handler.Endpoints;

namespace Telemetry.Handler.Batches;

/// <summary>The batch that a URL names.</summary>
internal static class BatchUrl
{
    private const string Batches = "/v1/messages/batches/";
    private const int LongestId = 512;

    /// <summary>Finds the batch's id.</summary>
    /// <param name="uri">The URL of a call to the batches of the API.</param>
    /// <returns>The id; null where the URL names none, or none that can be one.</returns>
    public static string? IdOf(Uri? uri)
    {
        if (uri is not { IsAbsoluteUri: true })
        {
            return null;
        }

        var path = UrlPath.Of(uri);
        var at = path.LastIndexOf(Batches, StringComparison.Ordinal);
        var id = at < 0 ? null : UrlPath.SegmentAfter(path[at..], Batches);
        return id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl) ? id : null;
    }
}
