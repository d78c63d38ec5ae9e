using System.Net;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Recording;
using Xunit;

namespace Telemetry.Handler.Tests.Recording;

public sealed class AnswerKindsTests
{
    private const string Anthropic = "https://gateway.example/v1/messages";
    private const string Invoke = "https://gateway.example/aws/model/anthropic.claude-opus-5-v1:0/invoke";
    private const string InvokeStream = "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-opus-5-v1%3A0/invoke-with-response-stream";
    private const string Converse = "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-opus-5-v1%3A0/converse";
    private const string ConverseStream = "https://gateway.example/model/us.anthropic.claude-opus-5-v1:0/converse-stream";

    public static TheoryData<string> Urls() => [Anthropic, Invoke, InvokeStream, Converse, ConverseStream];

    [Theory]
    [MemberData(nameof(Urls))]
    public void The_content_type_says_how_an_answer_is_read_whatever_the_path_and_the_host(string url)
    {
        Assert.Equal(AnswerKind.EventStream, Of(url, "application/vnd.amazon.eventstream"));
        Assert.Equal(AnswerKind.EventStream, Of(url, "Application/vnd.Amazon.EventStream; x=y"));
        Assert.Equal(AnswerKind.MessageStream, Of(url, "text/event-stream; charset=utf-8"));
        Assert.Equal(AnswerKind.MessageBody, Of(url, "application/json"));
        Assert.Equal(AnswerKind.MessageBody, Of(url, "application/vnd.api+json"));
        Assert.Equal(AnswerKind.Page, Of(url, "text/html"));
    }

    [Theory]
    [InlineData(Anthropic, AnswerKind.MessageBody)]
    [InlineData(Invoke, AnswerKind.MessageBody)]
    [InlineData(Converse, AnswerKind.MessageBody)]
    [InlineData(InvokeStream, AnswerKind.EventStream)]
    [InlineData(ConverseStream, AnswerKind.EventStream)]
    public void Without_a_content_type_the_shape_that_was_asked_for_is_tried(string url, object expected) =>
        Assert.Equal(expected, Of(url, type: null));

    [Theory]
    [MemberData(nameof(Urls))]
    public void An_error_is_json_or_nothing(string url)
    {
        Assert.Equal(AnswerKind.Error, Of(url, "application/json", HttpStatusCode.BadRequest));
        Assert.Equal(AnswerKind.Unparsed, Of(url, "application/vnd.amazon.eventstream", HttpStatusCode.BadRequest));
    }

    private static AnswerKind Of(string url, string? type, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        if (type is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return AnswerKinds.Of(response, Assert.IsType<MessagesEndpoint>(MessagesEndpoint.Recognize(HttpMethod.Post, new Uri(url))), batchId: null);
    }
}
