using CostLedger.Records;
using CostReport.Cli.Arguments;
using Telemetry.Handler.Endpoints;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>Finds calls of the Messages API in HTTP archives (HAR 1.2): <c>log.entries[].request</c> with its <c>postData.text</c>.</summary>
internal static class Har
{
    private const string BetaHeader = "anthropic-beta";

    /// <summary>The calls of an archive, in its order.</summary>
    /// <param name="log">Its <c>log</c>.</param>
    public static IEnumerable<FoundRequest> Calls(JsonPart log)
    {
        if (JsonParts.Find(JsonParts.Members(log), "entries") is not { IsList: true } entries)
        {
            throw UserError.Usage("is a HAR file without entries: save it again with its content");
        }

        var found = false;
        foreach (var entry in JsonParts.Elements(entries))
        {
            if (JsonParts.Find(JsonParts.Members(entry), "request") is not { IsObject: true } request)
            {
                continue;
            }

            foreach (var call in Call(request))
            {
                found = true;
                yield return call;
            }
        }

        if (!found)
        {
            throw UserError.Usage("is a HAR file without a call of the Messages API that has its body: save it again with its content");
        }
    }

    /// <summary>The call of an entry's <c>request</c>, or the calls of a batch; none where it is something else.</summary>
    public static List<FoundRequest> Call(JsonPart request)
    {
        var members = JsonParts.Members(request);
        if (EndpointOf(members) is not { } endpoint
            || JsonParts.Find(members, "postData") is not { IsObject: true } data
            || JsonParts.LongText(JsonParts.Find(JsonParts.Members(data), "text")) is not { Length: > 0 } body)
        {
            return [];
        }

        var betas = BetasOf(members);
        var requests = endpoint.Operation == Operation.BatchCreate ? RequestFinder.Find(body) : [new FoundRequest { Body = body }];
        return [.. requests.Select(found => found with
        {
            Model = endpoint.ModelFromUrl,
            Provider = endpoint.Provider,
            Location = endpoint.Location,
            IsStream = endpoint.IsStreamFromUrl,
            Betas = betas,
        })];
    }

    // Archives write names of headers as they were sent, and lists in one header or in several.
    private static List<string> BetasOf(List<JsonPart> members) => JsonParts.Find(members, "headers") is not { IsList: true } headers ? [] :
    [
        .. JsonParts.Elements(headers)
            .Select(JsonParts.Members)
            .Where(header => string.Equals(JsonParts.ShortText(JsonParts.Find(header, "name")), BetaHeader, StringComparison.OrdinalIgnoreCase))
            .SelectMany(header => (JsonParts.ShortText(JsonParts.Find(header, "value")) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static MessagesEndpoint? EndpointOf(List<JsonPart> members)
    {
        if (JsonParts.ShortText(JsonParts.Find(members, "url")) is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var method = JsonParts.ShortText(JsonParts.Find(members, "method")) is { Length: > 0 } name ? HttpMethod.Parse(name) : HttpMethod.Post;
        return MessagesEndpoint.Recognize(method, uri) is { Operation: Operation.Messages or Operation.Converse or Operation.BatchCreate } endpoint
            ? endpoint
            : null;
    }
}
