using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>The paths of the Messages API, behind any prefix that a gateway puts before them.</summary>
internal static class AnthropicPath
{
    private const string Messages = "/v1/messages";
    private const string CountTokens = "/v1/messages/count_tokens";
    private const string Batches = "/v1/messages/batches";
    private const string Models = "/v1/models";

    /// <summary>Finds what a method does on a path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path without trailing slashes.</param>
    /// <returns>The operation, or null.</returns>
    public static Operation? Match(HttpMethod method, ReadOnlySpan<char> path)
    {
        if (method == HttpMethod.Post)
        {
            return path.EndsWith(Messages, StringComparison.Ordinal) ? Operation.Messages
                : path.EndsWith(CountTokens, StringComparison.Ordinal) ? Operation.CountTokens
                : path.EndsWith(Batches, StringComparison.Ordinal) ? Operation.BatchCreate
                : OfOneBatch(method, path);
        }

        if (method == HttpMethod.Get)
        {
            return path.EndsWith(Models, StringComparison.Ordinal) ? Operation.Models
                : path.EndsWith(Batches, StringComparison.Ordinal) ? Operation.BatchOther
                : OfOneBatch(method, path);
        }

        return method == HttpMethod.Delete ? OfOneBatch(method, path) : null;
    }

    // …/batches/{id} is read and deleted, …/batches/{id}/results is read, …/batches/{id}/cancel is posted.
    private static Operation? OfOneBatch(HttpMethod method, ReadOnlySpan<char> path)
    {
        var at = path.LastIndexOf(Batches, StringComparison.Ordinal);
        if (at < 0 || path.Length <= at + Batches.Length + 1 || path[at + Batches.Length] != '/')
        {
            return null;
        }

        var rest = path[(at + Batches.Length + 1)..];
        var slash = rest.IndexOf('/');
        if (slash < 0)
        {
            return method == HttpMethod.Post ? null : Operation.BatchOther;
        }

        return rest[(slash + 1)..] switch
        {
            "results" when method == HttpMethod.Get => Operation.BatchResults,
            "cancel" when method == HttpMethod.Post => Operation.BatchOther,
            _ => null,
        };
    }
}
