using CostReport.Cli.Arguments;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>Finds the requests in a document: the body of one, a HAR file or an entry of one, the body of a batch or a request of one.</summary>
internal static class RequestFinder
{
    /// <summary>Finds them. They are read from the document as they are asked for.</summary>
    /// <exception cref="UserError">The document holds no request.</exception>
    public static IEnumerable<FoundRequest> Find(ReadOnlyMemory<byte> document)
    {
        var body = Encodings.Check(document);
        var members = JsonParts.OfDocument(body);
        if (JsonParts.Find(members, "messages") is not null)
        {
            return [new FoundRequest { Body = body }];
        }

        if (JsonParts.Find(members, "log") is { IsObject: true } log)
        {
            return Har.Calls(log);
        }

        if (JsonParts.Find(members, "request") is { IsObject: true } request)
        {
            return Har.Call(request) is { Count: > 0 } calls
                ? calls
                : throw UserError.Usage("is a HAR entry, but no call of the Messages API with its body");
        }

        if (JsonParts.Find(members, "requests") is { IsList: true } requests)
        {
            return Batch.Requests(requests);
        }

        return JsonParts.Find(members, "params") is { IsObject: true } parameters
            ? [Batch.Request(members, parameters)]
            : throw UserError.Usage("has no messages: give the whole body of a Messages request, a HAR file or the body of a batch");
    }
}
