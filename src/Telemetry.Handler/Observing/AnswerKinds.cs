using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;

namespace Telemetry.Handler.Observing;

/// <summary>Tells how an answer is to be read.</summary>
internal static class AnswerKinds
{
    private const string EventStream = "text/event-stream";
    private const int FirstErrorStatus = 300;

    /// <summary>By status, operation and content type. Where the type is missing or odd, the shape that was asked for is tried.</summary>
    public static AnswerKind Of(HttpResponseMessage response, MessagesEndpoint endpoint, string? batchId)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if ((int)response.StatusCode >= FirstErrorStatus)
        {
            // Pages of proxies and of the edge say nothing that could be read.
            return IsJson(type) ? AnswerKind.Error : AnswerKind.Unparsed;
        }

        return endpoint.Operation switch
        {
            Operation.BatchCreate or Operation.BatchOther when IsJson(type) => AnswerKind.Batch,
            Operation.BatchResults when batchId is not null && !IsPage(type) => AnswerKind.BatchResults,
            Operation.CountTokens => AnswerKind.TokenCount,
            Operation.Messages when IsEventStream(type) => AnswerKind.MessageStream,
            Operation.Messages when IsJson(type) => AnswerKind.MessageBody,
            _ => AnswerKind.Unparsed,
        };
    }

    // Results come as lines of JSON under several types; a page is a proxy's.
    private static bool IsPage(string? type) => string.Equals(type, "text/html", StringComparison.OrdinalIgnoreCase);

    private static bool IsEventStream(string? type) => string.Equals(type, EventStream, StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string? type) => type is null || type.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}
