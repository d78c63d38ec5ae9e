using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;

namespace Telemetry.Handler.Recording;

/// <summary>Tells how an answer is to be read.</summary>
internal static class AnswerKinds
{
    private const string ServerSentEvents = "text/event-stream";
    private const string AwsEventStream = "application/vnd.amazon.eventstream";
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
            Operation.Messages or Operation.Converse => OfMessage(type, endpoint),
            _ => AnswerKind.Unparsed,
        };
    }

    // The content type decides and not the path: a gateway may put one provider's answers behind another one's paths.
    private static AnswerKind OfMessage(string? type, MessagesEndpoint endpoint) =>
        Is(type, ServerSentEvents) ? AnswerKind.MessageStream
        : Is(type, AwsEventStream) || (type is null && IsBedrockStream(endpoint)) ? AnswerKind.EventStream
        : IsJson(type) ? AnswerKind.MessageBody
        : IsPage(type) ? AnswerKind.Page
        : AnswerKind.Unparsed;

    private static bool IsBedrockStream(MessagesEndpoint endpoint) =>
        endpoint is { Framing: Framing.BedrockInvoke or Framing.BedrockConverse, IsStreamFromUrl: true };

    private static bool Is(string? type, string expected) => string.Equals(type, expected, StringComparison.OrdinalIgnoreCase);

    // Results come as lines of JSON under several types; a page is a proxy's.
    private static bool IsPage(string? type) => Is(type, "text/html");

    private static bool IsJson(string? type) => type is null || type.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}
